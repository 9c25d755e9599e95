using System.Text.Json;
using System.Text.RegularExpressions;

namespace AuditHost.Fakes.Slack;

/// <summary>A message as Slack posted it.</summary>
/// <param name="Channel">Where.</param>
/// <param name="Json">What was sent.</param>
public sealed partial record SlackMessage(string Channel, JsonElement Json)
{
    /// <summary>The line of notifications, as it is read: entities decoded.</summary>
    public string Text => Decode(Json.GetProperty("text").GetString()!);

    /// <summary>All texts that people see, as they read them.</summary>
    public IReadOnlyList<string> Shown => [.. Texts(Json).Select(Decode)];

    /// <summary>What Slack takes for more than text: mentions of people and channels, and links.</summary>
    public IReadOnlyList<string> Sequences => [.. Texts(Json).SelectMany(text => ControlSequence().Matches(text)).Select(match => match.Value)];

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member is { Name: "text", Value.ValueKind: JsonValueKind.String } ? [member.Value.GetString()!] : member.Name == "metadata" ? [] : Texts(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        _ => [],
    };

    private static string Decode(string text) => text
        .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

    /// <summary>"Formatting text for app surfaces", advanced formatting: whatever stands between these brackets.</summary>
    [GeneratedRegex("<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex ControlSequence();
}
