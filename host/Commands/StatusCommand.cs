using System.CommandLine;
using System.Globalization;
using AuditHost.Dashboard;

namespace AuditHost.Commands;

/// <summary><c>status</c>: what came in, where it went, what waits.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var watch = new Option<bool>("--watch", "-w") { Description = "Show it again every second until interrupted." };
        Option<string> config = SiteArguments.Config();
        Option<bool> json = SiteArguments.Json();
        var command = new Command("status", "Show what came in, where it went and what waits.") { watch, config, json };
        command.SetAction((parsed, stop) => SiteAccess.UseAsync(parsed.GetRequiredValue(config), readOnly: true, async site =>
        {
            do
            {
                SiteStatus status = await site.GetStatusAsync(stop);
                if (parsed.GetValue(json))
                    Output.Json(status, AdminJson.Default.SiteStatus);
                else
                    Print(status);
            }
            while (parsed.GetValue(watch) && await PauseAsync(stop));
            return ExitCode.Done;
        }, stop));
        return command;
    }

    /// <summary>Prints a status as tables.</summary>
    public static void Print(SiteStatus status)
    {
        Console.WriteLine(status.Running
            ? $"audithost {status.Version}, running since {status.StartedAt:u}"
            : $"audithost {status.Version}, not running");
        string events = status.Journal.Next > status.Journal.First ? $"events {status.Journal.First} to {status.Journal.Next - 1}" : "no events";
        string refusing = status.Running && !status.Journal.Accepting ? ", refusing new events" : string.Empty;
        Console.WriteLine($"journal: {events}, {Counted.Of(status.Journal.Bytes, "byte")} in {Counted.Of(status.Journal.Segments, "segment")}{refusing}");
        if (status.Journal.Problem is { } problem)
            Console.WriteLine($"journal: {problem}");
        if (status.Sources.Count > 0)
        {
            Console.WriteLine();
            Output.Table(
                ["source", "accepted", "known", "bytes", "rejected", "refused"],
                status.Sources.Select(source => new[] { source.Name, Number(source.Accepted), Number(source.Duplicates), Number(source.Bytes), Number(source.Rejected), Number(source.Refused) }));
        }

        Console.WriteLine();
        PrintDestinations(status.Destinations);
        PrintRemarks(status.Destinations);
        PrintBacklogs(status.Backlogs);
        PrintDrops(status);
    }

    public static void PrintBacklogs(IReadOnlyList<BacklogView> backlogs)
    {
        if (backlogs.Count == 0)
            return;
        Console.WriteLine();
        Output.Table(
            ["not served", "state", "events", "bytes", "since", "dead"],
            backlogs.Select(backlog => new[] { backlog.Name, backlog.State, Number(backlog.Events), Number(backlog.Bytes), $"{backlog.Since:u}", Number(backlog.DeadLetters) }));
    }

    /// <summary>What few destinations have, and no column is worth.</summary>
    private static void PrintRemarks(IReadOnlyList<DestinationStatus> destinations)
    {
        foreach (DestinationStatus destination in destinations)
        {
            if (destination.ProcessRestarts is { } restarts)
                Console.WriteLine($"{destination.Name}: the plugin's own process takes {(destination.ProcessBytes ?? 0) >> 20} MiB and was started again {Counted.Of(restarts, "time")}");
            if (destination.TemplateProblem is { } problem)
                Console.WriteLine($"{destination.Name}: the template's file is not used as it is now, the content before goes on: {problem}");
        }
    }

    private static void PrintDrops(SiteStatus status)
    {
        if (status.Drops is not [.., var last])
            return;
        Console.WriteLine();
        string waiting = status.DropsUnwritten > 0 ? $"; {Counted.Of(status.DropsUnwritten, "record")} not on disk yet" : string.Empty;
        Console.WriteLine(
            $"dropped: {Counted.Of((long)status.Drops.Aggregate(0ul, static (sum, drop) => sum + drop.Events), "event")} in {Counted.Of(status.Drops.Count, "record")}, the last at {last.At:u} of {last.Destination} for {last.Reason}: {last.First} to {last.Last}{waiting}");
    }

    public static void PrintDestinations(IReadOnlyList<DestinationStatus> destinations) => Output.Table(
        ["destination", "health", "accepted", "delivered", "buffered", "dead", "filtered", "dropped", "bytes", "mean ms", "to", "last error"],
        destinations.Select(destination => new[]
        {
            destination.Name,
            destination.Stalled ? "stalled" : destination.Health,
            Number(destination.Accepted),
            Number(destination.Delivered),
            Number(destination.Buffered),
            Number(destination.DeadLettered),
            Number(destination.Filtered),
            Number(destination.Dropped),
            Number(destination.Bytes),
            destination.MeanDeliveryMilliseconds.ToString("0.0", CultureInfo.InvariantCulture),
            string.Join(", ", destination.Endpoints.Select(FromHere)),
            destination.LastError ?? string.Empty,
        }));

    /// <summary>A file below the working directory is shown as one would type it.</summary>
    private static string FromHere(string endpoint)
    {
        if (!Path.IsPathFullyQualified(endpoint))
            return endpoint;
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, endpoint);
        return relative.StartsWith("..", StringComparison.Ordinal) ? endpoint : relative;
    }

    private static async Task<bool> PauseAsync(CancellationToken stop)
    {
        await Task.Delay(WatchInterval, stop);
        return true;
    }

    private static string Number<T>(T value)
        where T : IFormattable => value.ToString("N0", CultureInfo.InvariantCulture);
}
