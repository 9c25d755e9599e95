using System.Diagnostics;
using System.Globalization;

namespace AuditHost.Load;

/// <summary>
/// What a host ships through each connector plugin. All events are in the journal beforehand, so that only what happens behind it is measured;
/// the first of them warm the host up.
/// </summary>
internal sealed class PluginsRun(AuditHostShipper host, Samples samples, LoadOptions options, string folder)
{
    private const int Connections = 4;

    /// <summary>How long nothing may arrive before what is missing counts as lost.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>How often the server is asked what has come.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    private int Events => options.PluginWarmUp + options.PluginEvents;

    /// <returns>Whether every plugin delivered every event once.</returns>
    public async Task<bool> RunAsync()
    {
        string[] names = [.. options.Plugins];
        await FillAsync(names);
        Console.WriteLine($"  {"",-12} {"events/s",10} {"events/CPU s",13} {"CPU s/million",14} {"server's",9} {"B/event",9} {"peak MB",8}");
        bool exact = true;
        foreach (string name in names)
            exact &= await MeasureAsync(name);
        return exact;
    }

    /// <summary>Fills the journal while every destination is away. Their names keep their places in it.</summary>
    private async Task FillAsync(string[] names)
    {
        int port = Port.Free();
        int nobody = Port.Free();
        string site = SiteFile.Write(folder, port, SiteFile.HttpSource, SiteFile.LargeJournal, names.Select(name => (name, SiteFile.Destination(new Target(TargetKind.Webhook, nobody)))));
        using ShipperProcess process = host.Start(site);
        await process.ListeningAsync(port);
        await using (HttpIntake intake = await HttpIntake.ConnectAsync(port, Connections))
            await new Sender(intake, samples).FloodAsync(Events, new Latencies());
        await process.StopAsync();
    }

    private async Task<bool> MeasureAsync(string name)
    {
        int port = Port.Free();
        string own = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        await using IPluginCase plugin = PluginCases.All[name]();
        await plugin.StartAsync(own);
        string site = SiteFile.Write(folder, port, SiteFile.HttpSource, SiteFile.LargeJournal, [(name, plugin.Destination)]);
        using ShipperProcess process = host.Start(site, environment: plugin.Environment);
        try
        {
            Mark begin = await ArrivedAsync(plugin, process, options.PluginWarmUp);
            Mark end = await ArrivedAsync(plugin, process, Events);
            double peak = process.Usage.PeakMegabytes;
            await process.StopAsync();
            Print(name, begin, end, peak);
        }
        catch (Exception exception) when (exception is IOException or TimeoutException)
        {
            Console.WriteLine($"  {name} FAILED: {exception.Message}");
        }

        Directory.Delete(own, recursive: true);
        string? failure = plugin.Violations is [string violation, ..] ? violation
            : plugin.Events == Events ? null
            : string.Create(CultureInfo.InvariantCulture, $"{plugin.Events:N0} of {Events:N0} events arrived");
        if (failure is not null)
            Console.WriteLine($"  {name} FAILED: {failure}\n{process.Output}");
        return failure is null;
    }

    private static void Print(string name, Mark begin, Mark end, double peak)
    {
        double seconds = Stopwatch.GetElapsedTime(begin.Time, end.Time).TotalSeconds;
        double events = end.Events - begin.Events;
        double cpu = end.CpuSeconds - begin.CpuSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {name,-12} {events / seconds,10:N0} {events / cpu,13:N0} {cpu / events * 1e6,14:F1} {(end.OwnCpuSeconds - begin.OwnCpuSeconds) / events * 1e6,9:F1} {(end.Bytes - begin.Bytes) / events,9:F0} {peak,8:F0}"));
    }

    private static async Task<Mark> ArrivedAsync(IPluginCase plugin, ShipperProcess process, long events)
    {
        long last = -1;
        long since = Stopwatch.GetTimestamp();
        for (long arrived; (arrived = plugin.Events) < events;)
        {
            if (arrived > last)
                (last, since) = (arrived, Stopwatch.GetTimestamp());
            else if (Stopwatch.GetElapsedTime(since) > Patience)
                throw new TimeoutException($"no event has arrived for {Patience.TotalSeconds} s");
            await Task.Delay(Interval);
        }

        return new Mark(Stopwatch.GetTimestamp(), plugin.Events, plugin.Bytes, process.Usage.CpuSeconds, Environment.CpuUsage.TotalTime.TotalSeconds);
    }

    /// <summary>How far things are at one moment.</summary>
    private readonly record struct Mark(long Time, long Events, long Bytes, double CpuSeconds, double OwnCpuSeconds);
}
