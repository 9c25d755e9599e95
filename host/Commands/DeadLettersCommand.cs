using System.CommandLine;
using AuditHost.Dashboard;

namespace AuditHost.Commands;

/// <summary><c>dead-letters list|show|replay|discard</c>.</summary>
internal static class DeadLettersCommand
{
    public static Command Create() => new("dead-letters", "See, send again or discard what a destination refused.")
    {
        CreateList(), CreateShow(), CreateReplay(), CreateDiscard(),
    };

    private static Command CreateList()
    {
        var selection = new DeadLetterArguments();
        Option<bool> json = SiteArguments.Json();
        var command = new Command("list", "List dead letters, oldest first.") { json };
        selection.AddTo(command);
        command.SetAction((parsed, stop) => SiteAccess.UseAsync(parsed.GetRequiredValue(selection.Config), readOnly: true, async site =>
        {
            IReadOnlyList<DeadLetterView> letters = await site.ListDeadLettersAsync(selection.Read(parsed), stop);
            if (parsed.GetValue(json))
                Output.Json(letters, AdminJson.Default.IReadOnlyListDeadLetterView);
            else
                Output.Table(
                    ["id", "destination", "event", "type", "cause", "status", "attempts", "died", "reason"],
                    letters.Select(letter => new[]
                    {
                        $"{letter.Id}", letter.Destination, letter.EventId, letter.EventType, letter.Cause, $"{letter.Status}", $"{letter.Attempts}", $"{letter.DiedAt:u}", letter.Reason,
                    }));
            return ExitCode.Done;
        }, stop));
        return command;
    }

    private static Command CreateShow()
    {
        var id = new Argument<ulong>("id") { Description = "The letter's id." };
        Option<string> config = SiteArguments.Config();
        var command = new Command("show", "Show one dead letter whole: the event, what was sent, what was answered.") { id, config };
        command.SetAction((parsed, stop) => SiteAccess.UseAsync(parsed.GetRequiredValue(config), readOnly: true, async site =>
        {
            ulong wanted = parsed.GetValue(id);
            if (await site.GetDeadLetterAsync(wanted, stop) is not { } letter)
            {
                await Console.Error.WriteLineAsync($"audithost: there is no open dead letter {wanted}.");
                return ExitCode.Failed;
            }

            Output.Json(letter, AdminJson.Default.DeadLetterView);
            return ExitCode.Done;
        }, stop));
        return command;
    }

    private static Command CreateReplay()
    {
        var selection = new DeadLetterArguments();
        ReplayArguments replay = new();
        var to = new Option<string?>("--to") { Description = "Send them to this destination instead of their own.", HelpName = "NAME" };
        var command = new Command("replay", "Send dead letters again, under the same event ids.") { to };
        selection.AddTo(command);
        replay.AddTo(command);
        command.SetAction((parsed, stop) => SiteAccess.UseAsync(parsed.GetRequiredValue(selection.Config), readOnly: false, async site =>
        {
            var order = new ReplayOrder
            {
                DeadLetters = selection.Read(parsed), Destination = parsed.GetValue(to), Rate = parsed.GetValue(replay.Rate), DryRun = parsed.GetValue(replay.DryRun),
            };
            return await replay.CarryOutAsync(parsed, site, order, stop);
        }, stop));
        return command;
    }

    private static Command CreateDiscard()
    {
        var selection = new DeadLetterArguments();
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var command = new Command("discard", "Give dead letters up for good. Booked as dropped.") { yes };
        selection.AddTo(command);
        command.SetAction((parsed, stop) => SiteAccess.UseAsync(parsed.GetRequiredValue(selection.Config), readOnly: false, async site =>
        {
            DeadLetterQuery query = selection.Read(parsed);
            int count = (await site.ListDeadLettersAsync(query, stop)).Count;
            if (count > 0 && !parsed.GetValue(yes)
                && !Confirmation.Ask($"{Counted.Of(count, "dead letter")} would be lost for good", "say --yes to discard", $"Discard {Counted.Of(count, "dead letter")} for good?"))
                return ExitCode.Failed;
            DiscardReport report = await site.DiscardAsync(query, stop);
            Console.WriteLine($"{Counted.Of(report.Discarded, "dead letter")} discarded.");
            return ExitCode.Done;
        }, stop));
        return command;
    }
}
