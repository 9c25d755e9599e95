using System.Globalization;
using System.Text.Json;

namespace AuditHost.Fakes.PagerDuty;

/// <summary>What must hold for an event ("Send an Alert Event", "Send a Change Event"). What is not documented is refused, so that no sender relies on it.</summary>
internal static class EventRules
{
    private const int MaxSummary = 1024;
    private const int MaxDedupKey = 255;
    private const int KeyLength = 32;

    private static readonly string[] AlertMembers = ["routing_key", "event_action", "dedup_key", "payload", "links", "images", "client", "client_url"];
    private static readonly string[] AlertPayload = ["summary", "source", "severity", "timestamp", "component", "group", "class", "custom_details"];
    private static readonly string[] ChangePayload = ["summary", "source", "timestamp", "custom_details"];
    private static readonly string[] Severities = ["critical", "error", "warning", "info"];

    public static IEnumerable<string> FaultsOfAlert(JsonElement body)
    {
        string? action = Text(body, "event_action");
        IEnumerable<string> faults = FaultsOfKey(body).Concat(Unknown(body, AlertMembers, string.Empty)).Concat(FaultsOfTexts(body, "client", "client_url"));
        if (action is not ("trigger" or "acknowledge" or "resolve"))
            faults = faults.Append("'event_action' is missing or invalid (must be one of trigger, acknowledge, resolve)");
        if (body.TryGetProperty("dedup_key", out JsonElement key) && (key.ValueKind != JsonValueKind.String || key.GetString()!.Length is 0 or > MaxDedupKey))
            faults = faults.Append("'dedup_key' is not a string of at most 255 characters");
        if (action != "trigger")
            return Text(body, "dedup_key") is null ? faults.Append("'dedup_key' is missing or blank") : faults;
        return faults.Concat(FaultsOfPayload(body, AlertPayload, isAlert: true)).Concat(FaultsOfLinks(body)).Concat(FaultsOfImages(body));
    }

    public static IEnumerable<string> FaultsOfChange(JsonElement body)
    {
        IEnumerable<string> faults = FaultsOfKey(body)
            .Concat(Unknown(body, ["routing_key", "payload", "links"], string.Empty))
            .Concat(FaultsOfPayload(body, ChangePayload, isAlert: false))
            .Concat(FaultsOfLinks(body));
        return Text(body, "routing_key") is ['R', ..] ? faults.Append("'routing_key' is that of a ruleset, which takes no change events") : faults;
    }

    private static IEnumerable<string> FaultsOfKey(JsonElement body)
    {
        string key = Text(body, "routing_key") ?? string.Empty;
        if (key.Length != KeyLength)
            yield return "Length of 'routing_key' is incorrect (should be 32 characters)";
        if (!key.All(char.IsAsciiLetterOrDigit))
            yield return "'routing_key' cannot contain non-alphanumeric characters.";
    }

    private static IEnumerable<string> FaultsOfPayload(JsonElement body, string[] members, bool isAlert)
    {
        if (!body.TryGetProperty("payload", out JsonElement payload) || payload.ValueKind != JsonValueKind.Object)
            return ["'payload' is missing or blank"];
        IEnumerable<string> faults = Unknown(payload, members, "payload.").Concat(FaultsOfTexts(payload, "source", "component", "group", "class"));
        if (string.IsNullOrWhiteSpace(Text(payload, "summary")))
            faults = faults.Append("'payload.summary' is missing or blank");
        else if (Text(payload, "summary")!.Length > MaxSummary)
            faults = faults.Append("'payload.summary' has more than 1024 characters");
        if (isAlert && string.IsNullOrWhiteSpace(Text(payload, "source")))
            faults = faults.Append("'payload.source' is missing or blank");
        if (isAlert && !Severities.Contains(Text(payload, "severity")))
            faults = faults.Append("'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')");
        if (payload.TryGetProperty("timestamp", out JsonElement time) && !IsTime(time))
            faults = faults.Append("'payload.timestamp' is no ISO 8601 time");
        if (payload.TryGetProperty("custom_details", out JsonElement details) && details.ValueKind != JsonValueKind.Object)
            faults = faults.Append("'payload.custom_details' is not an object");
        return faults;
    }

    private static IEnumerable<string> FaultsOfLinks(JsonElement body)
    {
        if (!body.TryGetProperty("links", out JsonElement links))
            return [];
        return links.ValueKind == JsonValueKind.Array && links.EnumerateArray().All(link => link.ValueKind == JsonValueKind.Object && Text(link, "href") is { Length: > 0 } && !Unknown(link, ["href", "text"], string.Empty).Any())
            ? []
            : ["'links' is not an array of objects with href and text"];
    }

    private static IEnumerable<string> FaultsOfImages(JsonElement body)
    {
        if (!body.TryGetProperty("images", out JsonElement images))
            return [];
        return images.ValueKind == JsonValueKind.Array && images.EnumerateArray().All(image => Text(image, "src") is { } source && source.StartsWith("https://", StringComparison.Ordinal))
            ? []
            : ["'images' is not an array of objects with a src by https"];
    }

    private static IEnumerable<string> FaultsOfTexts(JsonElement element, params string[] names) => names
        .Where(name => element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.String)
        .Select(name => $"'{name}' is not a string");

    private static IEnumerable<string> Unknown(JsonElement element, string[] known, string path) =>
        element.EnumerateObject().Where(member => !known.Contains(member.Name)).Select(member => $"'{path}{member.Name}' is not a field of this event");

    private static bool IsTime(JsonElement time) => time.ValueKind == JsonValueKind.String && time.GetString() is { } text && text.Contains('T', StringComparison.Ordinal)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
