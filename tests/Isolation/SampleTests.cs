using System.Text.RegularExpressions;
using AuditHost.Configuration;
using AuditHost.Security;

namespace AuditHost.Plugins;

/// <summary>Each sample is sound as it stands, and so is each setting that stands in it as a comment.</summary>
public sealed partial class SampleTests(BuiltInPlugins plugins) : IClassFixture<BuiltInPlugins>, IDisposable
{
    private readonly PluginCatalogue _catalogue = plugins.Catalogue;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("audithost-test-");

    public static TheoryData<string> Samples =>
    [
        .. new[] { "destinations", "formats" }
            .SelectMany(kind => Directory.EnumerateFiles(Path.Combine(PluginPage.Root, "host", "samples", kind), "*.yaml"))
            .Select(file => Path.GetRelativePath(Path.Combine(PluginPage.Root, "host", "samples"), file))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Sample_is_sound(string sample) =>
        Assert.Empty(await ErrorsOfAsync(await ReadAsync(sample)));

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Settings_in_comments_are_sound(string sample)
    {
        string[] lines = (await ReadAsync(sample)).Split('\n');
        for (int first = 0, end; first < lines.Length; first = Math.Max(end, first + 1))
        {
            end = first;
            while (end < lines.Length && SettingInComment().IsMatch(lines[end]))
                end++;
            if (end == first)
                continue;

            // Lines that follow each other belong together. They take the place of the same settings, where the sample has them already.
            string[] settings = [.. lines[first..end].Select(line => SettingInComment().Replace(line, "${indent}${key}"))];
            string[] keys = [.. settings.Select(setting => setting[..(setting.IndexOf(':', StringComparison.Ordinal) + 1)])];
            bool IsReplaced(string line) => Array.Exists(keys, key => line.StartsWith(key, StringComparison.Ordinal));
            string text = string.Join('\n', [.. lines[..first].Where(line => !IsReplaced(line)), .. settings, .. lines[end..].Where(line => !IsReplaced(line))]);

            Assert.DoesNotContain(await ErrorsOfAsync(text), error => !BelongsElsewhere(error));
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Task<string> ReadAsync(string sample) =>
        File.ReadAllTextAsync(Path.Combine(PluginPage.Root, "host", "samples", sample), TestContext.Current.CancellationToken);

    /// <summary>Settings of another mode than the sample's, and files that only a site has, are as they should be.</summary>
    private static bool BelongsElsewhere(string error) =>
        error.Contains("has no effect", StringComparison.Ordinal) || error.Contains("there is no file", StringComparison.Ordinal);

    /// <summary>Addresses and regions for what is called so, and for the rest something that may stand for a secret or a name.</summary>
    private static string ValueOf(string variable) => variable[(variable.LastIndexOf('_') + 1)..] switch
    {
        "ENDPOINT" or "URL" => "https://service.example:8443",
        "REGION" => "eu-central-1",
        _ => "Zm9yLXRoZS10ZXN0",
    };

    private async Task<string[]> ErrorsOfAsync(string text)
    {
        string file = Path.Combine(_folder.FullName, "site.yaml");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        SiteLoadResult result = await SiteLoader.LoadAsync(
            file, _catalogue, ValueOf,
            (destination, warnings) => new DestinationContext(destination, _folder.FullName, TimeProvider.System, warnings));
        return [.. result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString())];
    }

    [GeneratedRegex(@"^(?<indent> *)# (?<key>[a-z][a-z0-9_]*: )")]
    private static partial Regex SettingInComment();
}
