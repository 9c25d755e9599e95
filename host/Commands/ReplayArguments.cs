using System.CommandLine;
using AuditHost.Dashboard;

namespace AuditHost.Commands;

/// <summary>What every kind of replay can be told, how it is carried out and how its report is printed.</summary>
internal sealed class ReplayArguments
{
    private readonly Option<bool> _json = SiteArguments.Json();

    public Option<int?> Rate { get; } = new("--rate") { Description = "At most so many events per second.", HelpName = "N" };

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Only count what would be sent." };

    public void AddTo(Command command)
    {
        command.Options.Add(Rate);
        command.Options.Add(DryRun);
        command.Options.Add(_json);
        Rate.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
                result.AddError("--rate must be at least 1 event per second.");
        });
    }

    /// <summary>Carries an order out, showing how far it is, and prints the report.</summary>
    public async Task<int> CarryOutAsync(ParseResult parsed, ISiteControl site, ReplayOrder order, CancellationToken stop)
    {
        if (order.DryRun || parsed.GetValue(_json))
            return Print(parsed, await site.ReplayAsync(order, stop));
        long total = (await site.ReplayAsync(order with { DryRun = true }, stop)).Matched;
        long before = await SeenAsync();
        Task<ReplayReport> replay = site.ReplayAsync(order, stop);
        return Print(parsed, await LongWork.OnStandardError().ShowAsync(replay, LookAsync));

        async Task<IReadOnlyList<WorkProgress>> LookAsync() => [new(order.Destination ?? "replay", await SeenAsync() - before, total)];

        // The report comes when all is done; until then the destinations' figures tell, of a running host as of a stopped one.
        async Task<long> SeenAsync()
        {
            SiteStatus status = await site.GetStatusAsync(stop);
            return status.Destinations.Where(destination => order.Destination is null || destination.Name == order.Destination).Sum(destination => destination.ReplaySeen);
        }
    }

    private int Print(ParseResult parsed, ReplayReport report)
    {
        if (parsed.GetValue(_json))
            Output.Json(report, AdminJson.Default.ReplayReport);
        else if (parsed.GetValue(DryRun))
            Console.WriteLine($"{Counted.Of(report.Matched, "event")} would be sent.");
        else
            Console.WriteLine(FormattableString.Invariant(
                $"{Counted.Of(report.Matched, "event")}: {report.Delivered:N0} delivered, {report.Filtered:N0} filtered, {report.Refused:N0} refused."));
        if (report.Problem is { } problem && !parsed.GetValue(_json))
            Console.Error.WriteLine($"audithost: {problem}");
        return report.Problem is null ? ExitCode.Done : ExitCode.Failed;
    }
}
