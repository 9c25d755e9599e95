using System.CommandLine;
using AuditHost.Dashboard;

namespace AuditHost.Commands;

/// <summary><c>backlogs list|adopt|discard</c>.</summary>
internal static class BacklogsCommand
{
    public static Command Create() => new("backlogs", "See, adopt or discard what waits for destinations that the site no longer serves.")
    {
        CreateList(), CreateAdopt(), CreateDiscard(),
    };

    private static Command CreateList()
    {
        Option<bool> json = SiteArguments.Json();
        Option<string> config = SiteArguments.Config();
        var command = new Command("list", "List backlogs of destinations that are disabled or no longer in the site file.") { json, config };
        command.SetAction((parsed, stop) => SiteAccess.UseAsync(parsed.GetRequiredValue(config), readOnly: true, async site =>
        {
            IReadOnlyList<BacklogView> backlogs = await site.ListBacklogsAsync(stop);
            if (parsed.GetValue(json))
                Output.Json(backlogs, AdminJson.Default.IReadOnlyListBacklogView);
            else if (backlogs.Count == 0)
                Console.WriteLine("Nothing is left behind.");
            else
                StatusCommand.PrintBacklogs(backlogs);
            return ExitCode.Done;
        }, stop));
        return command;
    }

    private static Command CreateAdopt()
    {
        Argument<string> name = Name();
        var heir = new Option<string>("--as") { Description = "The destination that goes on with it.", HelpName = "DESTINATION", Required = true };
        Option<bool> yes = Yes();
        Option<bool> json = SiteArguments.Json();
        Option<string> config = SiteArguments.Config();
        var command = new Command("adopt", "Have a destination deliver a backlog: it goes on from where that begins.") { name, heir, yes, json, config };
        command.SetAction((parsed, stop) => SiteAccess.UseAsync(parsed.GetRequiredValue(config), readOnly: false, async site =>
        {
            var order = new AdoptOrder(parsed.GetRequiredValue(name), parsed.GetRequiredValue(heir), DryRun: true);
            AdoptReport report = await site.AdoptBacklogAsync(order, stop);
            if (report is { Problem: null, Backlog: { } found })
            {
                if (!parsed.GetValue(yes) && !Confirmation.Ask(
                    $"{order.As} goes on with the backlog {found}; {AgainOf(report)} that it settled before", "say --yes to adopt", $"Adopt '{order.Name}' as {order.As}?"))
                    return ExitCode.Failed;
                report = await site.AdoptBacklogAsync(order with { DryRun = false }, stop);
            }

            if (parsed.GetValue(json))
                Output.Json(report, AdminJson.Default.AdoptReport);
            if (report.Problem is { } problem)
                return await FailedAsync(problem);
            if (!parsed.GetValue(json))
                Console.WriteLine($"{order.As} has adopted {report.Backlog}; {AgainOf(report)}.");
            await TellLettersAsync(report.Backlog!, order.As);
            return ExitCode.Done;
        }, stop));
        return command;
    }

    private static Command CreateDiscard()
    {
        Argument<string> name = Name();
        Option<bool> yes = Yes();
        Option<bool> json = SiteArguments.Json();
        Option<string> config = SiteArguments.Config();
        var command = new Command("discard", "Give a backlog up for good. A record of it stays.") { name, yes, json, config };
        command.SetAction((parsed, stop) => SiteAccess.UseAsync(parsed.GetRequiredValue(config), readOnly: false, async site =>
        {
            string wanted = parsed.GetRequiredValue(name);
            BacklogView? found = (await site.ListBacklogsAsync(stop)).FirstOrDefault(backlog => backlog.Name == wanted);
            if (found is { Events: > 0 } && !parsed.GetValue(yes)
                && !Confirmation.Ask($"{found} would be lost for good", "say --yes to discard", $"Discard the backlog {found} for good?"))
                return ExitCode.Failed;
            BacklogDiscardReport report = await site.DiscardBacklogAsync(wanted, stop);
            if (parsed.GetValue(json))
                Output.Json(report, AdminJson.Default.BacklogDiscardReport);
            if (report.Problem is { } problem)
                return await FailedAsync(problem);
            if (!parsed.GetValue(json))
                Console.WriteLine($"Discarded {report.Backlog}.");
            await TellLettersAsync(report.Backlog!, "NAME");
            return ExitCode.Done;
        }, stop));
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "The backlog, by the name its destination had." };

    private static Option<bool> Yes() => new("--yes") { Description = "Do not ask." };

    private static string AgainOf(AdoptReport report) =>
        report.Again == 0 ? "nothing goes out again" : $"up to {Counted.Of((long)report.Again, "event")} go out again";

    private static async Task<int> FailedAsync(string problem)
    {
        await Console.Error.WriteLineAsync($"audithost: {problem}");
        return ExitCode.Failed;
    }

    private static async Task TellLettersAsync(BacklogView backlog, string target)
    {
        if (backlog.DeadLetters > 0)
            await Console.Error.WriteLineAsync(
                $"audithost: {Counted.Of(backlog.DeadLetters, "dead letter")} of '{backlog.Name}' stay; send them elsewhere with audithost dead-letters replay --destination {backlog.Name} --to {target}, or discard them.");
    }
}
