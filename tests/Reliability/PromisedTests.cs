using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AuditHost.Reliability;

/// <summary>Which tests hold which promise, as the built test projects themselves list them.</summary>
internal sealed partial class PromisedTests
{
    private readonly ILookup<string, (string Project, string Class, string Method)> _tests;

    private PromisedTests(IEnumerable<(string Promise, string Project, string Class, string Method)> tests) =>
        _tests = tests.ToLookup(test => test.Promise, test => (test.Project, test.Class, test.Method));

    public static async Task<PromisedTests> ListAsync(string root)
    {
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var found = new List<(string, string, string, string)>();
        foreach (string project in Directory.EnumerateFiles(Path.Combine(root, "tests"), "*.Tests.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(project);
            string executable = Path.Combine(root, "artifacts", "bin", name, configuration, name);
            found.AddRange(await ListAsync(executable, Path.GetFileName(Path.GetDirectoryName(project)!)));
        }

        return new PromisedTests(found);
    }

    /// <summary>The tests of a promise by class, each class with its folder and how many there are.</summary>
    public IReadOnlyList<string> Of(string promise) =>
    [
        .. _tests[promise]
            .GroupBy(test => (test.Project, test.Class), test => test.Method)
            .OrderBy(group => group.Key.Project, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Class, StringComparer.Ordinal)
            .Select(group => $"{group.Key.Project}/{group.Key.Class} ({group.Distinct().Count()})"),
    ];

    /// <summary>The tests that a written page names and that hold nothing, or are gone.</summary>
    public string[] NotThere(string page)
    {
        HashSet<string> there = [.. _tests.SelectMany(promise => promise).Select(test => $"{test.Project}/{test.Class}")];
        return [.. Named().Matches(page).Select(name => name.Groups["test"].Value).Where(test => !there.Contains(test)).Distinct()];
    }

    private static async Task<List<(string Promise, string Project, string Class, string Method)>> ListAsync(string executable, string project)
    {
        using Process process = Process.Start(new ProcessStartInfo(executable, ["-list", "full/json", "-noColor"]) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        using JsonDocument listing = JsonDocument.Parse(output);
        var found = new List<(string, string, string, string)>();
        foreach (JsonElement test in listing.RootElement.EnumerateArray())
        {
            if (!test.TryGetProperty("Traits", out JsonElement traits) || !traits.TryGetProperty("promise", out JsonElement promises))
                continue;
            string type = test.GetProperty("Class").GetString()!;
            foreach (JsonElement promise in promises.EnumerateArray())
                found.Add((promise.GetString()!, project, type[(type.LastIndexOf('.') + 1)..], test.GetProperty("Method").GetString()!));
        }

        return found;
    }

    [GeneratedRegex(@"(?<test>\w+/\w+) \(\d+\)")]
    private static partial Regex Named();
}
