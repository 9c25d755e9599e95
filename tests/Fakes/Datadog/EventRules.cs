using System.Text.Json;

namespace AuditHost.Fakes.Datadog;

/// <summary>Reads what is posted to the events API v1, by "Post an event".</summary>
internal static class EventRules
{
    private static readonly HashSet<string> Known =
    [
        "title", "text", "alert_type", "priority", "aggregation_key", "date_happened", "host", "source_type_name", "tags", "related_event_id", "device_name",
    ];

    /// <param name="body">The body.</param>
    /// <param name="now">The time of arrival.</param>
    /// <param name="taken">The event; <see langword="null"/> where it is too old, which the answer does not tell.</param>
    /// <returns>Why it is refused; <see langword="null"/> where it is taken.</returns>
    public static string? Read(ReadOnlyMemory<byte> body, DateTimeOffset now, out TakenEvent? taken)
    {
        taken = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement json = document.RootElement.Clone();
            if (Fault(json) is { } fault)
                return fault;
            if (!json.TryGetProperty("date_happened", out JsonElement happened) || now - DateTimeOffset.FromUnixTimeSeconds(happened.GetInt64()) <= TimeSpan.FromHours(18))
                taken = new TakenEvent(json);
            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return exception.Message;
        }
    }

    private static string? Fault(JsonElement json)
    {
        if (json.EnumerateObject().FirstOrDefault(member => !Known.Contains(member.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
            return $"a member {unknown.Name}, which there is not";
        if (json.GetProperty("title").GetString()!.Length is 0)
            return "an event without a title";
        if (json.GetProperty("text").GetString()!.Length is 0 or > 4000)
            return "an event without a text, or one of more than 4,000 characters";
        if (json.TryGetProperty("aggregation_key", out JsonElement key) && key.GetString()!.Length is 0 or > 100)
            return "an aggregation key of more than 100 characters";
        if (json.GetProperty("alert_type").GetString() is not ("error" or "warning" or "info" or "success" or "user_update" or "recommendation" or "snapshot"))
            return "an alert type that there is not";
        if (json.GetProperty("priority").GetString() is not ("normal" or "low"))
            return "a priority that there is not";
        return json.TryGetProperty("tags", out JsonElement tags) ? tags.EnumerateArray().Select(tag => TagRules.Fault(tag.GetString()!)).FirstOrDefault(fault => fault is not null) : null;
    }
}
