using System.Diagnostics;
using System.Globalization;

namespace AuditHost.Load;

/// <summary>
/// Intake alone: the host takes events over HTTP for a destination whose filter passes none, in turn with a loop that writes as many bytes in groups
/// of the size that the host wrote, and syncs each. The ratio says how near the intake comes to what the disk allows.
/// </summary>
internal sealed class IntakeRun(AuditHostShipper host, Samples samples, LoadOptions options, string folder)
{
    private const int Connections = 4;

    /// <summary>A destination that costs nothing: it is asked for no event, so nothing needs to listen there.</summary>
    private const string Nowhere = "{ type: webhook, format: jsonl, endpoint: \"http://127.0.0.1:9/\", event_types: [NoSuchEvent] }";

    public async Task RunAsync()
    {
        var ratios = new List<double>();
        for (int round = 1; round <= options.Rounds; round++)
        {
            Directory.CreateDirectory(folder);
            Taken taken = await TakeAsync();
            int group = (int)(taken.JournalBytes / taken.Commits);
            double raw = RawWrites.Measure(Path.Combine(folder, "raw"), group, (int)taken.Commits);
            ratios.Add(raw / taken.Seconds);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {round}  {options.Events / taken.Seconds,10:N0} events/s {options.Events / taken.CpuSeconds,10:N0} events/CPU s, {taken.Commits:N0} groups of {group / 1024.0:N0} KiB, {taken.JournalBytes / taken.Seconds / 1e6:N0} MB/s; "
                + $"raw {taken.JournalBytes / raw / 1e6:N0} MB/s ({ratios[^1]:F2}); acceptance of {Sender.FloodBody} events: {taken.Accepted}"));
            Directory.Delete(folder, recursive: true);
        }

        ratios.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  intake / raw writes: {ratios[0]:F2} {ratios[(ratios.Count - 1) / 2]:F2} {ratios[^1]:F2} (least, median and most of {ratios.Count})"));
    }

    private async Task<Taken> TakeAsync()
    {
        int port = Port.Free();
        string site = SiteFile.Write(folder, port, SiteFile.HttpSource, SiteFile.UsualJournal, [Nowhere]);
        using ShipperProcess process = host.Start(site);
        await process.ListeningAsync(port);
        await using HttpIntake intake = await HttpIntake.ConnectAsync(port, Connections);
        var sender = new Sender(intake, samples);
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < options.WarmUp;)
            await sender.FloodAsync(Trial.WarmUp, new Latencies());
        var accepted = new Latencies();
        HostMetrics before = await HostMetrics.ReadAsync(port);
        double cpu = process.Usage.CpuSeconds;
        long begin = Stopwatch.GetTimestamp();
        await sender.FloodAsync(options.Events, accepted);
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        cpu = process.Usage.CpuSeconds - cpu;
        HostMetrics after = await HostMetrics.ReadAsync(port);
        await process.StopAsync();
        return new Taken(seconds, cpu, after.Commits - before.Commits, after.JournalBytes - before.JournalBytes, accepted);
    }

    private sealed record Taken(double Seconds, double CpuSeconds, long Commits, long JournalBytes, Latencies Accepted);
}
