using System.Globalization;

namespace AuditHost.Load;

/// <summary>What each further destination costs: one receiver, then all of them, every one of which must get every event exactly once.</summary>
internal sealed class FanOutRun(TrialSetup setup, LoadOptions options)
{
    /// <returns>Whether every event arrived exactly once everywhere.</returns>
    public async Task<bool> RunAsync()
    {
        (Flood? one, bool exact) = await MeasureAsync(1);
        (Flood? all, bool exactToo) = await MeasureAsync(setup.Destinations);
        if (one is not null && all is not null)
        {
            double ratio = all.CpuSeconds / all.Events / (one.CpuSeconds / one.Events);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  CPU time per input event with {setup.Destinations} destinations: {ratio:F2} times that with one; input {all.EventsPerSecond / one.EventsPerSecond:F2} times as fast"));
        }

        return exact && exactToo;
    }

    private async Task<(Flood? Flood, bool Exact)> MeasureAsync(int destinations)
    {
        Console.WriteLine($"  to {destinations}:");
        Flood? flood = null;
        TrialSetup own = setup with { Destinations = destinations, Folder = Path.Combine(setup.Folder, $"{destinations}"), WarmUp = options.WarmUp };
        Verdict verdict = await Trial.RunAsync(own, async trial =>
        {
            CaseRun.Print(flood = await trial.FloodAsync(options.Events, new Latencies()));
            CaseRun.Print($"  peak memory of the host {trial.PeakMegabytes:F0} MB");
        });
        Console.WriteLine($"  {verdict.Text}");
        Directory.Delete(own.Folder, recursive: true);
        return (flood, verdict.Exact);
    }
}
