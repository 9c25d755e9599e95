using System.Buffers;
using System.Text;
using AuditHost.Intake;
using AuditHost.Sdk;

namespace AuditHost.Formatting.Library;

/// <summary>Renders a template's sample and compares it, byte for byte, with what is expected.</summary>
internal static class GoldenTest
{
    /// <summary>What a body template sees as <c>batch.destination</c>.</summary>
    private const string Destination = "sample";

    /// <summary>Runs the test of a template's file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="update">Whether what is expected is written anew where it differs.</param>
    public static GoldenResult Run(string path, bool update = false)
    {
        string name = System.IO.Path.GetFileNameWithoutExtension(path);
        try
        {
            var file = TemplateFile.Read(path);
            return Run(file, TemplateVersion.Compile(file), update);
        }
        catch (Exception exception) when (exception is TemplateException or FormatException or IOException or UnauthorizedAccessException)
        {
            return new GoldenResult(name, path, GoldenOutcome.Failed, Problem: exception.Message);
        }
    }

    /// <summary>
    /// What the events of a sample render to: a body as it is, events one after the other, each with a line break as <c>render</c> prints them.
    /// </summary>
    /// <exception cref="FormatException">An event, or the body, cannot be rendered.</exception>
    public static string Render(TemplateVersion version, IReadOnlyList<ParsedEvent> events)
    {
        var output = new ArrayBufferWriter<byte>();
        if (version.Body is { } body)
        {
            OutboundEvent[] batch = [.. events.Select(parsed => new OutboundEvent(parsed, SampleEvents.LogId, default))];
            body.Format(batch, new BatchFacts(Destination, batch[0].Key), output);
        }
        else
        {
            foreach (ParsedEvent parsed in events)
            {
                version.Event!.Format(parsed, output);
                output.Write("\n"u8);
            }
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static GoldenResult Run(TemplateFile file, TemplateVersion version, bool update)
    {
        if (GoldenCase.Find(file) is not { } test)
            return new GoldenResult(file.Name, file.Path, GoldenOutcome.NoSample);
        IReadOnlyList<ParsedEvent> events = SampleEvents.Parse(test.Sample, test.SamplePlace);
        string actual = Render(version, events);
        var result = new GoldenResult(file.Name, file.Path, GoldenOutcome.Passed, events.Count);
        if (test.Expected == actual)
            return result;
        if (update)
        {
            GoldenWriter.Write(file, test, actual);
            return result with { Outcome = GoldenOutcome.Updated };
        }

        result = result with { Outcome = GoldenOutcome.Failed };
        return test.Expected is null
            ? result with { Problem = "It has a sample, and nothing says what is expected. Look at the output and write it with --update." }
            : result with { Difference = LineDiff.Of(test.Expected, actual) };
    }
}
