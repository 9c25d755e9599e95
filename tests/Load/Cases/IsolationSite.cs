using System.Diagnostics;

namespace AuditHost.Load;

/// <summary>A host with nine webhooks that answer, and one more that never does where that is what is measured.</summary>
internal sealed class IsolationSite : IAsyncDisposable
{
    public const int Rate = 1_000;

    private const int Others = 9;
    private const int Flood = 150_000;
    private const int Seconds = 2;
    private const int Capacity = 8_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ShipperProcess _host;
    private readonly List<Ledger> _ledgers;
    private readonly List<SocketReceiver> _receivers;
    private readonly HttpIntake _intake;
    private readonly Sender _sender;

    private IsolationSite(ShipperProcess host, List<Ledger> ledgers, List<SocketReceiver> receivers, HttpIntake intake, Samples samples)
    {
        _host = host;
        _ledgers = ledgers;
        _receivers = receivers;
        _intake = intake;
        _sender = new Sender(intake, samples);
    }

    public static async Task<IsolationSite> StartAsync(AuditHostShipper shipper, Samples samples, string folder, bool blackHole)
    {
        int port = Port.Free();
        List<Ledger> ledgers = [.. Enumerable.Range(0, Others).Select(static _ => new Ledger(Capacity))];
        List<SocketReceiver> receivers = [.. ledgers.Select(static ledger => new WebhookReceiver(ledger))];
        if (blackHole)
            receivers.Add(new BlackHole(new Ledger(0)));
        string site = SiteFile.Write(folder, port, receivers.Select(static receiver => receiver.Target));
        ShipperProcess host = shipper.Start(site);
        try
        {
            await host.ListeningAsync(port);
            return new IsolationSite(host, ledgers, receivers, await HttpIntake.ConnectAsync(port, 4), samples);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>What the nine get of a flood, by throughput, and of a steady stream, by p99.</summary>
    public async Task<Phase> MeasureAsync()
    {
        long begin = Stopwatch.GetTimestamp();
        await _sender.FloodAsync(Flood, new Latencies());
        await ArrivedAsync();
        double seconds = Stopwatch.GetElapsedTime(begin, _ledgers.Max(static ledger => ledger.LastArrival)).TotalSeconds;

        var delivered = new Latencies();
        _ledgers.ForEach(ledger => ledger.Delivered = delivered);
        await _sender.SteadyAsync(Rate * Seconds, Rate, new Latencies());
        await ArrivedAsync();
        _ledgers.ForEach(static ledger => ledger.Delivered = null);
        return new Phase(Flood / seconds, delivered.Percentile(0.99));
    }

    public async ValueTask DisposeAsync()
    {
        await _intake.DisposeAsync();
        _host.Dispose();
        foreach (SocketReceiver receiver in _receivers)
            await receiver.DisposeAsync();
    }

    private Task ArrivedAsync() => Task.WhenAll(_ledgers.Select(ledger => ledger.WhenReceivedAsync(_sender.Sent, Patience)));

    internal readonly record struct Phase(double EventsPerSecond, double P99);
}
