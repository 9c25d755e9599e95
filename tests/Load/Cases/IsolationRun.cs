using System.Globalization;

namespace AuditHost.Load;

/// <summary>
/// What nine destinations notice of a tenth that never answers. Two hosts stand side by side, one with the tenth and one without, and are
/// measured in turn, as ratios pair by pair: so neither the start of a process nor the pace of the machine is taken for the tenth's doing.
/// </summary>
internal sealed class IsolationRun(AuditHostShipper shipper, Samples samples, string folder)
{
    private const int WarmUps = 3;
    private const int Pairs = 31;

    public async Task<IReadOnlyList<Measurement>> RunAsync()
    {
        await using IsolationSite without = await IsolationSite.StartAsync(shipper, samples, Path.Combine(folder, "nine"), blackHole: false);
        await using IsolationSite with = await IsolationSite.StartAsync(shipper, samples, Path.Combine(folder, "ten"), blackHole: true);
        for (int i = 0; i < WarmUps; i++)
        {
            await without.MeasureAsync();
            await with.MeasureAsync();
        }

        var throughput = new List<double>();
        var latency = new List<double>();
        for (int pair = 0; pair < Pairs; pair++)
        {
            // Each comes first as often as the other, so that a machine that slows down speaks for neither.
            bool first = pair % 2 == 0;
            IsolationSite.Phase one = await (first ? without : with).MeasureAsync();
            IsolationSite.Phase other = await (first ? with : without).MeasureAsync();
            (IsolationSite.Phase alone, IsolationSite.Phase beside) = first ? (one, other) : (other, one);
            throughput.Add(beside.EventsPerSecond / alone.EventsPerSecond);
            latency.Add(beside.P99 / alone.P99);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {alone.EventsPerSecond:N0} -> {beside.EventsPerSecond:N0} events/s each ({throughput[^1]:F3}), p99 {alone.P99:F1} -> {beside.P99:F1} ms ({latency[^1]:F3})"));
        }

        return
        [
            new Measurement(
                "One of ten destinations never answers: throughput of the other nine, against the nine without it", Ratio(throughput), "above 0.95"),
            new Measurement(
                $"One of ten destinations never answers: p99 of the other nine from the request to the arrival at {IsolationSite.Rate:N0} events/s", Ratio(latency), "below 1.10"),
        ];
    }

    private static string Ratio(List<double> ratios)
    {
        ratios.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{ratios[ratios.Count / 2]:F3} (median of {ratios.Count} pairs; {ratios[0]:F3} to {ratios[^1]:F3})");
    }
}
