using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using AuditHost.Configuration.Keys;
using AuditHost.Intake;
using AuditHost.Sdk;

namespace AuditHost.Commands;

/// <summary>What <c>search</c> can be told.</summary>
internal sealed class SearchArguments
{
    private const int LargestPage = 10_000;

    private readonly Argument<string[]> _text = new("text") { Description = "Words that the events must have, all of them.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _from = new("--from") { Description = "The earliest time, or how long ago: 2026-11-23T20:00:00Z, 24h, 7d.", HelpName = "TIME" };
    private readonly Option<string?> _to = new("--to") { Description = "The time that events are earlier than, or how long ago.", HelpName = "TIME" };
    private readonly Option<string[]> _types = new("--type", "-t") { Description = "An event type. Several times for any of them.", HelpName = "TYPE" };
    private readonly Option<string[]> _severities = new("--severity", "-s") { Description = "Info, Low, Medium, High or Critical. Several times for any of them.", HelpName = "SEVERITY" };
    private readonly Option<string[]> _users = new("--user", "-u") { Description = "A user. Several times for any of them.", HelpName = "USER" };
    private readonly Option<int> _size = new("--size", "-n") { Description = $"The most events, 1 to {LargestPage}.", HelpName = "N", DefaultValueFactory = _ => 100 };
    private readonly Option<string?> _after = new("--after") { Description = "Go on where a page ended, with what that page said.", HelpName = "PLACE" };

    public Option<string?> Destination { get; } = new("--destination", "-d") { Description = "The destination to ask; it need not be said where only one can be searched.", HelpName = "NAME" };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_text);
        foreach (Option option in new Option[] { Destination, _from, _to, _types, _severities, _users, _size, _after })
            command.Options.Add(option);
        _from.Validators.Add(CheckTime);
        _to.Validators.Add(CheckTime);
        _severities.Validators.Add(CheckSeverity);
        _size.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > LargestPage)
                result.AddError($"--size is from 1 to {LargestPage}. For more, go on with --after.");
        });
    }

    public SearchQuery Read(ParseResult parsed) => new()
    {
        From = parsed.GetValue(_from) is { } from ? Time(from) : null,
        To = parsed.GetValue(_to) is { } to ? Time(to) : null,
        EventTypes = parsed.GetValue(_types) ?? [],
        Severities = [.. (parsed.GetValue(_severities) ?? []).Select(word => Severity(word)!.Value)],
        Users = parsed.GetValue(_users) ?? [],
        Text = parsed.GetValue(_text) is { Length: > 0 } words ? string.Join(' ', words) : null,
        Size = parsed.GetValue(_size),
        After = parsed.GetValue(_after),
    };

    private static void CheckTime(OptionResult result)
    {
        foreach (Token token in result.Tokens)
        {
            if (Time(token.Value) is null)
                result.AddError($"'{token.Value}' is neither a time such as 2026-11-23T20:00:00Z nor one such as 30m, 24h or 7d ago.");
        }
    }

    private static void CheckSeverity(OptionResult result)
    {
        foreach (Token token in result.Tokens)
        {
            if (Severity(token.Value) is null)
                result.AddError($"'{token.Value}' is no severity. There are Info, Low, Medium, High and Critical.");
        }
    }

    private static Severity? Severity(string word) => SeverityNames.TryParse(Encoding.UTF8.GetBytes(word), out Severity severity) ? severity : null;

    private static DateTimeOffset? Time(string text)
    {
        if (UnitValue.TryDuration(new ScalarText("--from", text, IsUntyped: true), out TimeSpan ago))
            return DateTimeOffset.UtcNow - ago;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
    }
}
