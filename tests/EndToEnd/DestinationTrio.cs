using System.Text.Json;

namespace AuditHost.EndToEnd;

/// <summary>
/// A site with three destinations: a file, a syslog receiver and a webhook, and the question that every programme of faults ends with: was
/// anything lost or made up, is every payload whole, are there more duplicates than the promise allows, do the books balance?
/// </summary>
internal sealed class DestinationTrio : IDisposable
{
    private const int DeliveryBatch = 50;
    private const int InFlight = 2;

    private static readonly string[] Names = ["archive", "relay", "hook"];

    private readonly SiteFolder _site;
    private readonly HttpReceiver _hook = new();
    private readonly SyslogReceiver _syslog = new();
    private volatile bool _damaged;

    /// <param name="site">Gets the site file.</param>
    /// <param name="output">The test's.</param>
    /// <param name="host">More of the site file's section of the host.</param>
    public DestinationTrio(SiteFolder site, ITestOutputHelper output, string host = "  journal: { segment_bytes: 256KiB }")
    {
        _site = site;
        Ledger = new Ledger(output);
        _hook.Answer = AnswerAsync;
        site.WriteSite(
            $$"""
              log_aggregation:
                archive: { type: file, format: jsonl, path: ./archive.jsonl, batch_size: {{DeliveryBatch}}, max_in_flight: 1 }
              siem:
                relay: { type: syslog, server: "127.0.0.1:{{_syslog.Port}}", protocol: tcp, batch_size: {{DeliveryBatch}}, max_in_flight: 1 }
              webhooks:
                hook: { endpoint: "{{_hook.Endpoint}}", batch_size: {{DeliveryBatch}}, max_in_flight: {{InFlight}} }
              performance:
                circuit_breaker: { timeout_seconds: 0.2 }
            """,
            host: host);
    }

    public Ledger Ledger { get; }

    /// <summary>What the webhook answers instead of taking what it is sent; <see langword="null"/> for what it should.</summary>
    public int? Refusal { get; set; }

    /// <summary>Starts the host without any fault, lets it drain and asks the question.</summary>
    /// <param name="crashes">How often it ended without a chance to finish what was in flight.</param>
    /// <returns>How many duplicates there were.</returns>
    public async Task<int> CheckAsync(int crashes)
    {
        await using RunningHost host = await RunningHost.StartAsync(_site, environment: QuickStart.Environment);
        return await CheckAsync(host, crashes);
    }

    /// <inheritdoc cref="CheckAsync(int)"/>
    public async Task<int> CheckAsync(RunningHost host, int crashes)
    {
        foreach (string name in Names)
            await host.UntilAsync(async () => await host.MetricAsync("audithost_events_buffered", name) == 0, $"drained: {name}");
        foreach (string name in Names)
            await Books.AssertBalancedAsync(host, name);
        ILookup<string, string> buried = await SuspectsAsync();

        string archive = await File.ReadAllTextAsync(_site.File("archive.jsonl"), TestContext.Current.CancellationToken);
        await _syslog.Arrivals.AllAsync(Ledger.Accepted.Except(buried["relay"]));
        int duplicates = Ledger.Check("archive", TestEvents.IdsIn(archive).CountBy(id => id).ToDictionary(), crashes * DeliveryBatch, buried["archive"].ToHashSet())
            + Ledger.Check("relay", _syslog.Taken, crashes * DeliveryBatch, buried["relay"].ToHashSet())
            + Ledger.Check("hook", _hook.Taken, crashes * DeliveryBatch * InFlight, buried["hook"].ToHashSet());
        Assert.True(TestEvents.AreWhole(archive), "An event in the file is not what was sent.");
        Assert.False(_damaged, "An event at the webhook is not what was sent.");
        Assert.Empty(_syslog.Corrupt);
        return duplicates;
    }

    public void Dispose()
    {
        _hook.Dispose();
        _syslog.Dispose();
    }

    /// <summary>Events that were on their way alone at each of three kills are wrongly suspected: dead letters, and nothing else may be one.</summary>
    /// <returns>Their ids by destination.</returns>
    private async Task<ILookup<string, string>> SuspectsAsync()
    {
        CommandResult list = (await _site.RunAsync("dead-letters", "list", "--json", "--config", "site.yaml")).Expect(0);
        JsonElement[] letters = [.. list.Json.EnumerateArray()];
        Assert.All(letters, letter => Assert.Equal("suspected_poison", letter.GetProperty("cause").GetString()));
        return letters.ToLookup(letter => letter.GetProperty("destination").GetString()!, letter => letter.GetProperty("event_id").GetString()!);
    }

    private Task<int> AnswerAsync(string body)
    {
        if (!TestEvents.AreWhole(body))
            _damaged = true;
        return Task.FromResult(Refusal ?? 200);
    }
}
