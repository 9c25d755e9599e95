using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AuditHost.Dashboard;

namespace AuditHost.Commands;

/// <summary><c>replay</c>: sends a range of the journal again, to fill a new destination or one that lost data.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var destination = new Option<string>("--destination", "-d") { Description = "The destination to fill.", Required = true, HelpName = "NAME" };
        var from = new Option<string>("--from") { Description = "A sequence number, a time, or 'oldest'.", Required = true, HelpName = "POINT" };
        var to = new Option<string?>("--to") { Description = "The last one; without it, everything accepted so far.", HelpName = "POINT" };
        ReplayArguments replay = new();
        Option<string> config = SiteArguments.Config();
        var command = new Command("replay", "Send a range of the journal to a destination again, through its filters.") { destination, from, to, config };
        replay.AddTo(command);
        from.Validators.Add(CheckPoint);
        to.Validators.Add(CheckPoint);
        command.SetAction((parsed, stop) => SiteAccess.UseAsync(parsed.GetRequiredValue(config), readOnly: false, async site =>
        {
            (ulong? fromSequence, DateTimeOffset? fromTime) = Point(parsed.GetRequiredValue(from));
            (ulong? toSequence, DateTimeOffset? toTime) = parsed.GetValue(to) is { } end ? Point(end) : default;
            var order = new ReplayOrder
            {
                Destination = parsed.GetRequiredValue(destination),
                From = fromSequence,
                FromTime = fromTime,
                To = toSequence,
                ToTime = toTime,
                Rate = parsed.GetValue(replay.Rate),
                DryRun = parsed.GetValue(replay.DryRun),
            };
            return await replay.CarryOutAsync(parsed, site, order, stop);
        }, stop));
        return command;
    }

    private static void CheckPoint(OptionResult result)
    {
        foreach (Token token in result.Tokens)
        {
            if (token.Value != "oldest" && Point(token.Value) is (null, null))
                result.AddError($"'{token.Value}' is neither a sequence number nor a time such as 2026-11-23T20:00:00Z.");
        }
    }

    private static (ulong? Sequence, DateTimeOffset? Time) Point(string text)
    {
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong sequence))
            return (sequence, null);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? (null, time) : (null, null);
    }
}
