using System.Text;

namespace AuditHost.Formatting.Library;

/// <summary>A template's test: events, and exactly what they render to. It stands at the template's head, or in files beside it.</summary>
/// <param name="Sample">The events.</param>
/// <param name="SamplePlace">Where they stand, for messages.</param>
/// <param name="Expected">What they render to; <see langword="null"/> where it is not written yet.</param>
/// <param name="ExpectedPath">The file for what they render to; <see langword="null"/> where it stands at the template's head.</param>
internal sealed record GoldenCase(string Sample, string SamplePlace, string? Expected, string? ExpectedPath)
{
    private static readonly string[] SampleEndings = [".sample.jsonl", ".sample.json"];

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Finds a template's test; <see langword="null"/> where it has none.</summary>
    /// <exception cref="TemplateException">It has one at its head and one beside it, or half of one.</exception>
    public static GoldenCase? Find(TemplateFile file)
    {
        string beside = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file.Path) ?? string.Empty, file.Stem);
        string[] samples = [.. SampleEndings.Select(ending => beside + ending).Where(File.Exists)];
        string expectedPath = $"{beside}.expected";
        bool hasExpectedFile = File.Exists(expectedPath);
        if (file.Sample is { } sample)
        {
            if (samples.Length > 0 || hasExpectedFile)
                throw new TemplateException($"{file.Path}: its sample stands at its head and in {(samples.Length > 0 ? samples[0] : expectedPath)}; keep one of them.");
            return new GoldenCase(sample, $"{file.Path}:{file.Head!.LocationOf(FrontMatterKeys.Sample)!.Value.Line}", file.Expected, null);
        }

        if (samples is [])
        {
            return file.Expected is null && !hasExpectedFile
                ? null
                : throw new TemplateException($"{file.Path}: it has an expected output and no sample; add one at its head, or as {beside}{SampleEndings[0]}.");
        }

        if (samples.Length > 1)
            throw new TemplateException($"{file.Path}: there are {string.Join(" and ", samples)}; keep one of them.");
        if (file.Expected is not null)
            throw new TemplateException($"{file.Path}: its sample is {samples[0]}, so what is expected belongs into {expectedPath} and not to its head.");
        return new GoldenCase(Read(samples[0]), samples[0], hasExpectedFile ? Read(expectedPath) : null, expectedPath);
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path, Utf8);
        }
        catch (DecoderFallbackException)
        {
            throw new TemplateException($"{path}: the file is not UTF-8.");
        }
    }
}
