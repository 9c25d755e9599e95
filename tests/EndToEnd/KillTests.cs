using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace AuditHost.EndToEnd;

/// <summary>A host killed at random moments under load loses nothing that it said it has.</summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Connections = 4;
    private const int BatchSize = 25;
    private const int ShortestLife = 20;
    private const int LongestLife = 500;

    private static readonly bool Long = Environment.GetEnvironmentVariable("AUDITHOST_LONG_TESTS") == "1";

    private readonly SiteFolder _site = new();
    private readonly ConcurrentDictionary<string, bool> _sent = new();
    private readonly ConcurrentQueue<string> _accepted = new();
    private int _next;

    [Fact]
    public async Task Everything_accepted_arrives_everywhere_however_often_the_host_is_killed()
    {
        int kills = Long ? 500 : 50;
        int seed = Environment.GetEnvironmentVariable("AUDITHOST_SEED") is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"AUDITHOST_SEED={seed}");
        var random = new Random(seed);
        using var hook = new HttpReceiver();
        using var syslog = new SyslogReceiver();
        _site.WriteSite($$"""
              log_aggregation:
                archive: { type: file, format: jsonl, path: ./archive.jsonl }
              siem:
                relay: { type: syslog, server: "127.0.0.1:{{syslog.Port}}", protocol: tcp }
              webhooks:
                hook: { endpoint: "{{hook.Endpoint}}" }
            """);

        for (int kill = 0; kill < kills; kill++)
        {
            await using RunningHost host = await RunningHost.StartAsync(_site);
            Task[] load = [.. Enumerable.Range(0, Connections).Select(_ => LoadAsync(host))];
            await Task.Delay(random.Next(ShortestLife, LongestLife), TestContext.Current.CancellationToken);
            await host.KillAsync();
            await Task.WhenAll(load);
        }

        string[] accepted = [.. _accepted];
        await using RunningHost last = await RunningHost.StartAsync(_site);
        foreach (string destination in new[] { "archive", "relay", "hook" })
            await last.UntilAsync(async () => await last.MetricAsync("audithost_events_buffered", destination) == 0, $"drained: {destination}");
        Dictionary<string, int> archived = TestEvents.IdsIn(File.ReadAllText(_site.File("archive.jsonl"))).CountBy(id => id).ToDictionary();
        await last.UntilAsync(() => accepted.All(syslog.Taken.ContainsKey), "read by the syslog receiver");

        Assert.NotEmpty(accepted);
        Check("archive", archived, accepted);
        Check("relay", syslog.Taken, accepted);
        Check("hook", hook.Taken, accepted);
        foreach (string destination in new[] { "archive", "relay", "hook" })
            await Books.AssertBalancedAsync(last, destination);
    }

    public void Dispose() => _site.Dispose();

    /// <summary>Posts until the host is gone. A batch counts as accepted only when its answer was read.</summary>
    private async Task LoadAsync(RunningHost host)
    {
        try
        {
            while (true)
            {
                int first = Interlocked.Add(ref _next, BatchSize) - BatchSize;
                string[] ids = [.. Enumerable.Range(first, BatchSize).Select(TestEvents.Id)];
                foreach (string id in ids)
                    _sent.TryAdd(id, true);
                using HttpResponseMessage response = await host.PostAsync(string.Join('\n', TestEvents.Range(first, BatchSize)), "application/x-ndjson");
                if (!response.IsSuccessStatusCode)
                    continue;
                foreach (string id in ids)
                    _accepted.Enqueue(id);
            }
        }
        catch (HttpRequestException)
        {
            // Killed.
        }
    }

    private void Check(string destination, IReadOnlyDictionary<string, int> arrived, string[] accepted)
    {
        string[] lost = [.. accepted.Where(id => !arrived.ContainsKey(id))];
        string[] invented = [.. arrived.Keys.Where(id => !_sent.ContainsKey(id))];
        int twice = arrived.Values.Sum() - arrived.Count;
        output.WriteLine($"{destination}: {accepted.Length} accepted, {arrived.Count} arrived, {twice} duplicates, {lost.Length} lost, {invented.Length} never sent");
        Assert.Empty(lost);
        Assert.Empty(invented);
    }
}
