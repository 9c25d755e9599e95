using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Formats;

/// <summary>The ten events of copybook-rs, one of each type, and the expected lines beside them.</summary>
internal static class SampleEvents
{
    private static readonly DateTimeOffset Received = new(2026, 3, 31, 7, 0, 0, 250, TimeSpan.Zero);

    public static string[] Lines { get; } = ReadLines("chain10.jsonl");

    public static TheoryData<int> Indexes { get; } = [.. Enumerable.Range(0, 10)];

    public static AuditEvent Parse(int index) => TestEvent.Parse(Lines[index], (ulong)index + 1, Received);

    public static string[] ReadLines(string file) => File.ReadAllLines(Path.Combine(FindFolder(), file));

    private static string FindFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "tests", "Plugins", "Formats");
            if (Directory.Exists(candidate))
                return candidate;
        }

        throw new DirectoryNotFoundException("tests/Plugins/Formats was not found above the test's own folder.");
    }
}
