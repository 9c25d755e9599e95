using System.Globalization;

namespace AuditHost.Load;

/// <summary>A day's events in an hour, at a rate that rises and falls as through a day: how late they are delivered, and how much memory it takes.</summary>
internal sealed class DayRun(TrialSetup setup, LoadOptions options)
{
    /// <returns>Whether every event arrived exactly once.</returns>
    public async Task<bool> RunAsync()
    {
        Verdict verdict = await Trial.RunAsync(setup, async trial =>
        {
            var curve = new DayCurve();
            var accepted = new Latencies();
            double events = options.DayEvents;
            Latencies delivered = await trial.DeliverAsync(
                sender => sender.PacedAsync(options.DayEvents, number => curve.TimeOf(number / events) * options.DaySeconds, accepted));
            Print($"  {options.DayEvents:N0} events in {options.DaySeconds} s, {events / options.DaySeconds:N0} events/s on average and three times that at the peak");
            Print($"  acceptance of {Sender.SteadyBody} events: {accepted}");
            Print($"  delivery of each event: {delivered}");
            Print($"  peak memory of the host {trial.PeakMegabytes:F0} MB");
        });
        Console.WriteLine($"  {verdict.Text}");
        return verdict.Exact;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
