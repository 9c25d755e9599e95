using System.Globalization;

namespace AuditHost.Load;

/// <summary>What the host says of its journal at <c>/metrics</c>.</summary>
/// <param name="Commits">Groups written and synced.</param>
/// <param name="JournalBytes">What the journal takes on disk.</param>
internal sealed record HostMetrics(long Commits, long JournalBytes)
{
    public static async Task<HostMetrics> ReadAsync(int port)
    {
        using var client = new HttpClient();
        string text = await client.GetStringAsync($"http://127.0.0.1:{port}/metrics");
        return new HostMetrics(Value(text, "audithost_journal_commits_total"), Value(text, "audithost_journal_bytes"));
    }

    private static long Value(string text, string name)
    {
        string line = text.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is ' ' or '{')
            ?? throw new IOException($"The host has no {name} at /metrics.");
        return (long)double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
    }
}
