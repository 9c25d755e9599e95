using System.CommandLine;
using AuditHost.Dashboard;

namespace AuditHost.Commands;

/// <summary>The options by which commands choose dead letters.</summary>
internal sealed class DeadLetterArguments
{
    private readonly Argument<ulong[]> _ids = new("id") { Description = "Their ids; without any, all that the options leave.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _destination = new("--destination", "-d") { Description = "Of this destination.", HelpName = "NAME" };
    private readonly Option<string?> _type = new("--type") { Description = "Of this event type.", HelpName = "TYPE" };
    private readonly Option<string?> _cause = new("--cause") { Description = "Of this cause: rejected, too_large, unrenderable, given_up.", HelpName = "CAUSE" };
    private readonly Option<DateTimeOffset?> _since = new("--since") { Description = "That died at or after this time.", HelpName = "TIME" };
    private readonly Option<DateTimeOffset?> _until = new("--until") { Description = "That died at or before this time.", HelpName = "TIME" };
    private readonly Option<int?> _limit = new("--limit") { Description = "At most so many.", HelpName = "N" };

    public Option<string> Config { get; } = SiteArguments.Config();

    public void AddTo(Command command)
    {
        _cause.AcceptOnlyFromAmong("rejected", "too_large", "unrenderable", "given_up");
        command.Arguments.Add(_ids);
        foreach (Option option in new Option[] { _destination, _type, _cause, _since, _until, _limit, Config })
            command.Options.Add(option);
    }

    public DeadLetterQuery Read(ParseResult parsed) => new()
    {
        Ids = parsed.GetValue(_ids) is { Length: > 0 } ids ? ids : null,
        Destination = parsed.GetValue(_destination),
        EventType = parsed.GetValue(_type),
        Cause = parsed.GetValue(_cause),
        Since = parsed.GetValue(_since),
        Until = parsed.GetValue(_until),
        Limit = parsed.GetValue(_limit),
    };
}
