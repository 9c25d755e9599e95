using System.Text.Json;

namespace AuditHost.Fakes.Slack;

/// <summary>Text objects: <c>plain_text</c> and <c>mrkdwn</c>.</summary>
internal static class BlockText
{
    public static string? Fault(JsonElement owner, string name, int most, bool plainOnly = false) =>
        owner.TryGetProperty(name, out JsonElement text) ? Fault(text, most, plainOnly) : $"missing required field: {name}";

    /// <param name="text">The text object.</param>
    /// <param name="most">How long it may be. Counted in UTF-16 units, the most that it can be.</param>
    /// <param name="plainOnly">Whether markup is not allowed there.</param>
    public static string? Fault(JsonElement text, int most, bool plainOnly = false)
    {
        if (text.ValueKind != JsonValueKind.Object || !text.TryGetProperty("type", out JsonElement type))
            return "must be a text object";
        bool isPlain = type.ValueEquals("plain_text");
        if (!isPlain && (plainOnly || !type.ValueEquals("mrkdwn")))
            return "must be of type plain_text" + (plainOnly ? string.Empty : " or mrkdwn");
        string? unlisted = text.EnumerateObject().Select(member => member.Name)
            .FirstOrDefault(name => name is not ("type" or "text") && name != (isPlain ? "emoji" : "verbatim"));
        if (unlisted is not null)
            return $"invalid additional property: {unlisted}";
        if (!text.TryGetProperty("text", out JsonElement value) || value.ValueKind != JsonValueKind.String)
            return "missing required field: text";
        string words = value.GetString()!;
        if (string.IsNullOrWhiteSpace(words))
            return "must be more than 0 characters";
        return words.Length > most ? $"must be less than {most + 1} characters" : null;
    }
}
