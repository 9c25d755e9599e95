using System.Text.Json;
using AuditHost.EndToEnd.Network;

namespace AuditHost.EndToEnd.Signals;

/// <summary>One data directory over many lives of a host, each of them ended by SIGTERM at a random moment with destinations in trouble.</summary>
internal sealed class StopChain : IDisposable
{
    private const int Connections = 2;
    private const int BatchSize = 25;
    private const int LongestLife = 60;
    private const int MostInFlight = 4;
    private const int DeliveryBatch = 50;

    private static readonly string[] Destinations = ["archive", "relay", "hook"];

    /// <summary>In turn; the last stop leaves something undelivered for certain.</summary>
    private static readonly Trouble[] AllTroubles = [Trouble.None, Trouble.BlackHole, Trouble.Slow, Trouble.Down];

    /// <summary>A receiver of syslog that swallows what it takes is beyond what a protocol without acknowledgement can mend.</summary>
    private static readonly Trouble[] SyslogTroubles = [Trouble.None, Trouble.Down, Trouble.Slow];

    private readonly SiteFolder _site = new();
    private readonly HttpReceiver _hook = new();
    private readonly SyslogReceiver _syslog = new();
    private readonly ChaosProxy _hookProxy;
    private readonly ChaosProxy _syslogProxy;
    private readonly ITestOutputHelper _output;
    private readonly Random _random;
    private readonly Ledger _ledger;

    public StopChain(ITestOutputHelper output, int chain)
    {
        _output = output;
        _random = Programme.Begin(output, chain);
        _ledger = new Ledger(output);
        _hookProxy = new ChaosProxy(_hook.Port);
        _syslogProxy = new ChaosProxy(_syslog.Port);
        WriteSite();
    }

    public int Accepted => _ledger.Accepted.Length;

    public int Duplicates { get; private set; }

    public async Task RunAsync(int stops)
    {
        for (int stop = 0; stop < stops; stop++)
        {
            Apply(AllTroubles[stop % AllTroubles.Length], _hookProxy);
            Apply(SyslogTroubles[_random.Next(SyslogTroubles.Length)], _syslogProxy);
            await using RunningHost host = await RunningHost.StartAsync(_site, environment: QuickStart.Environment);
            Task load = _ledger.LoadAsync(host, Connections, BatchSize);
            await Task.Delay(_random.Next(LongestLife), TestContext.Current.CancellationToken);
            int exitCode = await host.StopAsync();
            await load;
            Assert.True(exitCode == 0, host.Log);
        }

        _output.WriteLine($"{stops} stops; {string.Join(", ", _hookProxy.Fired)}");
        Assert.Contains(FaultKind.BlackHole, _hookProxy.Fired.Keys);
        Assert.Contains(FaultKind.Delay, _hookProxy.Fired.Keys);
        await CheckKeptAsync();
        await CheckDeliveredAsync(stops);
    }

    public void Dispose()
    {
        _hookProxy.Dispose();
        _syslogProxy.Dispose();
        _hook.Dispose();
        _syslog.Dispose();
        _site.Dispose();
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

    private void WriteSite() => _site.WriteSite(
        $$"""
          log_aggregation:
            archive: { type: file, format: jsonl, path: ./archive.jsonl }
          siem:
            relay: { type: syslog, server: "127.0.0.1:{{_syslogProxy.Port}}", protocol: tcp }
          webhooks:
            hook: { endpoint: "http://127.0.0.1:{{_hookProxy.Port}}/in", batch_size: {{DeliveryBatch}}, max_in_flight: {{MostInFlight}} }
          performance:
            circuit_breaker: { timeout_seconds: 0.2 }
        """,
        host: "  shutdown_grace: 150ms");

    /// <summary>With no host running, the books on disk balance, and what the receiver has not got waits in the journal.</summary>
    private async Task CheckKeptAsync()
    {
        CommandResult status = (await _site.RunAsync("status", "--json", "--config", "site.yaml")).Expect(0);
        JsonElement[] destinations = [.. status.Json.GetProperty("destinations").EnumerateArray()];
        Assert.All(destinations, Books.AssertBalanced);
        JsonElement books = destinations.Single(destination => destination.GetProperty("name").GetString() == "hook");
        int missing = _ledger.Accepted.Count(id => !_hook.Taken.ContainsKey(id));
        _output.WriteLine($"hook: {missing} accepted and not arrived, {Books.Of(books, "buffered")} on disk");
        Assert.InRange(missing, 1, Books.Of(books, "buffered"));
    }

    /// <summary>Once the destinations are well, everything arrives.</summary>
    private async Task CheckDeliveredAsync(int stops)
    {
        Heal(_hookProxy);
        Heal(_syslogProxy);
        await using RunningHost last = await RunningHost.StartAsync(_site);
        foreach (string destination in Destinations)
            await last.UntilAsync(async () => await last.MetricAsync("audithost_events_buffered", destination) == 0, $"drained: {destination}");
        await _syslog.Arrivals.AllAsync(_ledger.Accepted);

        _ledger.Check("archive", _site.Arrived("archive.jsonl"), mostDuplicates: 0);
        _ledger.Check("relay", _syslog.Taken);
        Duplicates = _ledger.Check("hook", _hook.Taken, mostDuplicates: stops * MostInFlight * DeliveryBatch);
        foreach (string destination in Destinations)
            await Books.AssertBalancedAsync(last, destination);
        Assert.Empty(_syslog.Corrupt);
    }

    private enum Trouble
    {
        None,
        BlackHole,
        Slow,
        Down,
    }
}
