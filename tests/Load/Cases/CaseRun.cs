using System.Globalization;

namespace AuditHost.Load;

/// <summary>One way through the host: as fast as possible, then steady.</summary>
internal sealed class CaseRun(TrialSetup setup, LoadOptions options)
{
    private const int SteadyRate = 20_000;

    /// <summary>How many events the two phases take.</summary>
    public static int EventsOf(LoadOptions options) => options.Events + (SteadyRate * options.Seconds);

    /// <summary>Runs the case and prints its figures.</summary>
    /// <returns>Whether every event arrived exactly once.</returns>
    public async Task<bool> RunAsync()
    {
        Verdict verdict = await Trial.RunAsync(setup, async trial =>
        {
            var accepted = new Latencies();
            Print(await trial.FloodAsync(options.Events, accepted));
            Print($"  acceptance of {Sender.FloodBody} events: {accepted}");
            var steady = new Latencies();
            Latencies delivered = await trial.DeliverAsync(sender => sender.SteadyAsync(SteadyRate * options.Seconds, SteadyRate, steady));
            Print($"  at {SteadyRate:N0} events/s, acceptance of {Sender.SteadyBody} events: {steady}");
            Print($"  at {SteadyRate:N0} events/s, delivery of each event: {delivered}");
            Print($"  peak memory of the host {trial.PeakMegabytes:F0} MB");
            if (trial.Refusals > 0)
                Print($"  the host asked {trial.Refusals} times to come back later");
        });
        Console.WriteLine($"  {verdict.Text}");
        return verdict.Exact;
    }

    /// <summary>Prints what a flood came to.</summary>
    public static void Print(Flood flood)
    {
        Print($"  {flood.Events:N0} events in {flood.Seconds:F2} s: {flood.EventsPerSecond:N0} events/s, {flood.Bytes / flood.Seconds / 1e6:F0} MB/s");
        Print($"  host {flood.CpuSeconds:F2} CPU s: {flood.EventsPerCpuSecond:N0} events per CPU second; sender and receiver {flood.OwnCpuSeconds:F2} CPU s");
        Print($"  written to disk {flood.WrittenPerEvent:N0} B an event, of {flood.Bytes / (double)flood.Events:N0} B that came in");
    }

    public static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
