using System.Globalization;
using System.Text.RegularExpressions;

namespace AuditHost.Plugins.Tests.Formats;

/// <summary>A reader of RFC 5424, a transcription of the grammar in its section 6. What does not match throws.</summary>
internal sealed partial class Rfc5424Message
{
    private Rfc5424Message(Match match)
    {
        Priority = int.Parse(match.Groups["pri"].Value, CultureInfo.InvariantCulture);
        Timestamp = match.Groups["time"].Value;
        Host = match.Groups["host"].Value;
        AppName = match.Groups["app"].Value;
        Process = match.Groups["proc"].Value;
        MessageId = match.Groups["msgid"].Value;
        Message = match.Groups["msg"].Value;
        foreach (Match parameter in Parameter().Matches(match.Groups["sd"].Value))
            Parameters.Add(parameter.Groups["name"].Value, Escape().Replace(parameter.Groups["value"].Value, "$1"));
        DataIds = [.. match.Groups["id"].Captures.Select(static capture => capture.Value)];
    }

    public int Priority { get; }

    public string Timestamp { get; }

    public string Host { get; }

    public string AppName { get; }

    public string Process { get; }

    public string MessageId { get; }

    public string[] DataIds { get; }

    public Dictionary<string, string> Parameters { get; } = [];

    public string Message { get; }

    public static Rfc5424Message Parse(string text)
    {
        Match match = Grammar().Match(text);
        if (!match.Success)
            throw new FormatException($"This is not RFC 5424: {text}");
        var message = new Rfc5424Message(match);
        if (message.Priority > 191 || message.DataIds.Distinct().Count() != message.DataIds.Length)
            throw new FormatException($"The priority is above 191, or a data id stands twice: {text}");
        return message;
    }

    [GeneratedRegex(
        """
        \A<(?<pri>0|[1-9][0-9]{0,2})>1[ ]
        (?<time>-|[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2}))[ ]
        (?<host>[!-~]{1,255})[ ](?<app>[!-~]{1,48})[ ](?<proc>[!-~]{1,128})[ ](?<msgid>[!-~]{1,32})[ ]
        (?<sd>-|(\[(?<id>[!\#-<>-\\^-~]{1,32})([ ][!\#-<>-\\^-~]{1,32}="([^"\\\]\x00-\x1F\x7F]|\\["\\\]])*")*\])+)
        ([ ](?<msg>[^\r\n]*))?\z
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();

    [GeneratedRegex(
        """
        (?<=[ ])(?<name>[^\s="\]]+)="(?<value>([^"\\\]]|\\["\\\]])*)"
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();

    [GeneratedRegex("""\\(["\\\]])""")]
    private static partial Regex Escape();
}
