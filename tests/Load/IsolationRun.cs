using System.Diagnostics;
using System.Globalization;

namespace AuditHost.Load;

/// <summary>What nine destinations notice of a tenth that never answers: the nine alone and with it, in turn, as ratios pair by pair.</summary>
internal sealed class IsolationRun(string executable, Samples samples, string folder)
{
    private const int Pairs = 5;
    private const int Others = 9;
    private const int WarmUp = 10_000;
    private const int Flood = 50_000;
    private const int Rate = 1_000;
    private const int Seconds = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task<IReadOnlyList<Measurement>> RunAsync()
    {
        var throughput = new List<double>();
        var latency = new List<double>();
        for (int pair = 0; pair < Pairs; pair++)
        {
            // Each comes first as often as the other, so that a machine that slows down speaks for neither.
            bool first = pair % 2 == 0;
            Phase one = await RunAsync(pair, blackHole: !first);
            Phase other = await RunAsync(pair, blackHole: first);
            (Phase without, Phase with) = first ? (other, one) : (one, other);
            throughput.Add(with.EventsPerSecond / without.EventsPerSecond);
            latency.Add(with.P99 / without.P99);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {without.EventsPerSecond:N0} -> {with.EventsPerSecond:N0} events/s each ({throughput[^1]:F3}), p99 {without.P99:F1} -> {with.P99:F1} ms ({latency[^1]:F3})"));
        }

        return
        [
            new Measurement(
                "One of ten destinations never answers: throughput of the other nine, against the nine without it", Ratio(throughput), "above 0.95"),
            new Measurement(
                $"The same, p99 from the request to the arrival at {Rate:N0} events/s", Ratio(latency), "below 1.10"),
        ];
    }

    private static string Ratio(List<double> ratios)
    {
        ratios.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{ratios[ratios.Count / 2]:F3} (median of {ratios.Count} pairs; {ratios[0]:F3} to {ratios[^1]:F3})");
    }

    private async Task<Phase> RunAsync(int pair, bool blackHole)
    {
        int port = Port.Free();
        var ledgers = Enumerable.Range(0, Others).Select(_ => new Ledger(WarmUp + Flood + (Rate * Seconds))).ToList();
        List<SocketReceiver> receivers = [.. ledgers.Select(ledger => new WebhookReceiver(ledger))];
        if (blackHole)
            receivers.Add(new BlackHole(new Ledger(0)));
        string site = SiteFile.Write(Path.Combine(folder, $"{pair}-{blackHole}"), port, receivers.Select(receiver => receiver.Destination));
        Phase phase;
        using (HostProcess host = HostProcess.Start(executable, site, once: false))
        {
            await host.ListeningAsync(port);
            await using HttpIntake intake = await HttpIntake.ConnectAsync(port, 4);
            phase = await MeasureAsync(new Sender(intake, samples), ledgers);
        }

        foreach (SocketReceiver receiver in receivers)
            await receiver.DisposeAsync();
        return phase;
    }

    private static async Task<Phase> MeasureAsync(Sender sender, List<Ledger> ledgers)
    {
        await sender.FloodAsync(WarmUp, new Latencies());
        await ArrivedAsync(sender, ledgers);
        long begin = Stopwatch.GetTimestamp();
        await sender.FloodAsync(Flood, new Latencies());
        await ArrivedAsync(sender, ledgers);
        double seconds = Stopwatch.GetElapsedTime(begin, ledgers.Max(ledger => ledger.LastArrival)).TotalSeconds;

        var delivered = new Latencies();
        ledgers.ForEach(ledger => ledger.Delivered = delivered);
        await sender.SteadyAsync(Rate * Seconds, Rate, new Latencies());
        await ArrivedAsync(sender, ledgers);
        return new Phase(Flood / seconds, delivered.Percentile(0.99));
    }

    private static Task ArrivedAsync(Sender sender, List<Ledger> ledgers) =>
        Task.WhenAll(ledgers.Select(ledger => ledger.WhenReceivedAsync(sender.Sent, Patience)));

    private readonly record struct Phase(double EventsPerSecond, double P99);
}
