using System.Diagnostics;
using System.Text.Json;
using AuditHost.EndToEnd.Network;

namespace AuditHost.EndToEnd.Signals;

/// <summary>A host told to stop at a random moment ends in good order, whatever state its destinations are in, and keeps what they have not got.</summary>
[Promise("G15")]
public sealed class TerminationTests(ITestOutputHelper output) : IDisposable
{
    private const int Connections = 2;
    private const int BatchSize = 25;
    private const int LongestLife = 60;
    private const int MostInFlight = 4;
    private const int DeliveryBatch = 50;

    /// <summary>In turn; the last stop leaves something undelivered for certain.</summary>
    private static readonly Trouble[] AllTroubles = [Trouble.None, Trouble.BlackHole, Trouble.Slow, Trouble.Down];

    /// <summary>A receiver of syslog that swallows what it takes is beyond what a protocol without acknowledgement can mend.</summary>
    private static readonly Trouble[] SyslogTroubles = [Trouble.None, Trouble.Down, Trouble.Slow];

    private readonly SiteFolder _site = new();
    private readonly Ledger _ledger = new(output);

    [Fact]
    [Promise("G15")]
    public async Task Grace_is_as_long_as_the_site_says_and_a_second_signal_ends_it()
    {
        using var hook = new HttpReceiver { Answer = _ => new TaskCompletionSource<int>().Task };
        _site.WriteSite($$"""  webhooks: { hook: { endpoint: "{{hook.Endpoint}}" } }""", host: "  shutdown_grace: 3s");
        var watch = new Stopwatch();
        await using (RunningHost patient = await StartBusyAsync())
        {
            watch.Start();
            int exitCode = await patient.StopAsync();
            Assert.True(exitCode == 0, patient.Log);
            Assert.True(watch.Elapsed > TimeSpan.FromSeconds(2.5), $"It had {watch.Elapsed}.");
        }

        await using (RunningHost pressed = await StartBusyAsync())
        {
            await pressed.TerminateAsync();
            await pressed.UntilAsync(() => pressed.Log.Contains("Stopping.", StringComparison.Ordinal), "stopping");
            await pressed.TerminateAsync();
            Assert.NotEqual(0, await pressed.EndAsync());
            Assert.DoesNotContain("Stopped.", pressed.Log, StringComparison.Ordinal);
        }

        hook.Answer = _ => Task.FromResult(200);
        await using RunningHost last = await RunningHost.StartAsync(_site);
        await last.UntilAsync(async () => await last.MetricAsync("audithost_events_buffered", "hook") == 0, "drained");
        _ledger.Check("hook", hook.Taken);
    }

    [Fact]
    [Promise("G2", "G15")]
    public async Task Host_stopped_at_a_random_moment_keeps_what_troubled_destinations_have_not_got()
    {
        int stops = Programme.Times(200);
        var watch = Stopwatch.StartNew();
        Random random = Programme.Begin(output);
        using var hook = new HttpReceiver();
        using var syslog = new SyslogReceiver();
        using var hookProxy = new ChaosProxy(hook.Port);
        using var syslogProxy = new ChaosProxy(syslog.Port);
        WriteSite(hookProxy, syslogProxy);

        for (int stop = 0; stop < stops; stop++)
        {
            Apply(AllTroubles[stop % AllTroubles.Length], hookProxy);
            Apply(SyslogTroubles[random.Next(SyslogTroubles.Length)], syslogProxy);
            await using RunningHost host = await RunningHost.StartAsync(_site, environment: QuickStart.Environment);
            Task load = _ledger.LoadAsync(host, Connections, BatchSize);
            await Task.Delay(random.Next(LongestLife), TestContext.Current.CancellationToken);
            int exitCode = await host.StopAsync();
            await load;
            Assert.True(exitCode == 0, host.Log);
        }

        output.WriteLine($"{stops} stops; {string.Join(", ", hookProxy.Fired)}");
        Assert.Contains(FaultKind.BlackHole, hookProxy.Fired.Keys);
        Assert.Contains(FaultKind.Delay, hookProxy.Fired.Keys);
        await CheckKeptAsync(hook);
        Heal(hookProxy);
        Heal(syslogProxy);
        await using RunningHost last = await RunningHost.StartAsync(_site);
        foreach (string destination in new[] { "archive", "relay", "hook" })
            await last.UntilAsync(async () => await last.MetricAsync("audithost_events_buffered", destination) == 0, $"drained: {destination}");
        await syslog.Arrivals.AllAsync(_ledger.Accepted);

        _ledger.Check("archive", _site.Arrived("archive.jsonl"), mostDuplicates: 0);
        _ledger.Check("relay", syslog.Taken);
        int duplicates = _ledger.Check("hook", hook.Taken, mostDuplicates: stops * MostInFlight * DeliveryBatch);
        foreach (string destination in new[] { "archive", "relay", "hook" })
            await Books.AssertBalancedAsync(last, destination);
        Assert.Empty(syslog.Corrupt);
        Figures.Record(
            "stops (SIGTERM) at random moments, destinations in trouble", stops, watch.Elapsed, Programme.SeedText,
            $"every exit code 0, {_ledger.Accepted.Length} events accepted, 0 lost, {duplicates} duplicates at the webhook");
    }

    public void Dispose() => _site.Dispose();

    private async Task<RunningHost> StartBusyAsync()
    {
        RunningHost host = await RunningHost.StartAsync(_site);
        await _ledger.PostAsync(host, BatchSize);
        await host.UntilAsync(async () => await host.MetricAsync("audithost_events_buffered", "hook") > 0, "busy");
        return host;
    }

    private static void Apply(Trouble trouble, ChaosProxy proxy)
    {
        Heal(proxy);
        if (trouble == Trouble.Down)
            proxy.Close();
        proxy.Standing = trouble switch
        {
            Trouble.BlackHole => FaultKind.BlackHole,
            Trouble.Slow => FaultKind.Delay,
            _ => null,
        };
    }

    private static void Heal(ChaosProxy proxy)
    {
        proxy.Standing = null;
        proxy.Open();
    }

    private void WriteSite(ChaosProxy hook, ChaosProxy syslog) => _site.WriteSite(
        $$"""
          log_aggregation:
            archive: { type: file, format: jsonl, path: ./archive.jsonl }
          siem:
            relay: { type: syslog, server: "127.0.0.1:{{syslog.Port}}", protocol: tcp }
          webhooks:
            hook: { endpoint: "http://127.0.0.1:{{hook.Port}}/in", batch_size: {{DeliveryBatch}}, max_in_flight: {{MostInFlight}} }
          performance:
            circuit_breaker: { timeout_seconds: 0.2 }
        """,
        host: "  shutdown_grace: 150ms");

    /// <summary>With no host running, the books on disk balance, and what the receiver has not got waits in the journal.</summary>
    private async Task CheckKeptAsync(HttpReceiver hook)
    {
        CommandResult status = (await _site.RunAsync("status", "--json", "--config", "site.yaml")).Expect(0);
        JsonElement[] destinations = [.. status.Json.GetProperty("destinations").EnumerateArray()];
        Assert.All(destinations, Books.AssertBalanced);
        JsonElement books = destinations.Single(destination => destination.GetProperty("name").GetString() == "hook");
        int missing = _ledger.Accepted.Count(id => !hook.Taken.ContainsKey(id));
        output.WriteLine($"hook: {missing} accepted and not arrived, {Books.Of(books, "buffered")} on disk");
        Assert.InRange(missing, 1, Books.Of(books, "buffered"));
    }

    private enum Trouble
    {
        None,
        BlackHole,
        Slow,
        Down,
    }
}
