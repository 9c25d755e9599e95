using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AuditHost.Fakes.Datadog;

/// <summary>Reads what is posted to the logs API, by "Send logs" and "Log Date Remapper".</summary>
/// <param name="now">The time of arrival.</param>
internal sealed class LogRules(DateTimeOffset now)
{
    public const int MaxBytes = 5_000_000;
    public const string TooMany = "more than 1,000 logs";

    private const int MaxEntries = 1000;
    private const int MaxEntryBytes = 1_000_000;

    /// <summary>Attributes that Datadog takes for the time of a log, wherever they come from.</summary>
    private static readonly string[] Dates = ["timestamp", "date", "_timestamp", "Timestamp", "eventTime", "published_date"];

    private readonly List<string> _notes = [];
    private readonly List<TakenLog> _logs = [];

    public IReadOnlyList<string> Notes => _notes;

    public IReadOnlyList<TakenLog> Logs => _logs;

    /// <summary>How many entries there are, by what each has once.</summary>
    public static int Count(ReadOnlySpan<byte> body) => body.Count(",\"ddsource\":\""u8);

    /// <returns>Why the request is refused; <see langword="null"/> where it is taken.</returns>
    public string? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 1000 });
            if (document.RootElement.GetArrayLength() > MaxEntries)
                return TooMany;
            if (document.RootElement.GetArrayLength() == 0)
                return "no logs";
            foreach (JsonElement entry in document.RootElement.EnumerateArray())
                Read(entry.Clone());
            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return exception.Message;
        }
    }

    private void Read(JsonElement entry)
    {
        if (Encoding.UTF8.GetByteCount(entry.GetRawText()) > MaxEntryBytes)
            _notes.Add("a log of more than 1 MB, which is cut");
        if (string.IsNullOrEmpty(entry.GetProperty("message").GetString()))
            _notes.Add("a log without a message");
        foreach (string name in new[] { "ddsource", "service", "hostname" })
        {
            if (!entry.TryGetProperty(name, out JsonElement value) || value.GetString()!.Length == 0)
                _notes.Add($"a log without {name}");
        }

        if (entry.TryGetProperty("ddtags", out JsonElement tags))
            _notes.AddRange(tags.GetString()!.Split(',').Select(TagRules.Fault).OfType<string>());
        DateTimeOffset time = TimeOf(entry) ?? now;
        if (time < now.AddHours(-18) || time > now.AddHours(2))
            _notes.Add("a log of more than 18 hours ago or 2 ahead, which is dropped");
        else
            _logs.Add(new TakenLog(entry, time));
    }

    /// <summary>A message that is a JSON object is taken apart, and its attributes count as the log's own.</summary>
    private static DateTimeOffset? TimeOf(JsonElement entry)
    {
        JsonElement inner = InnerOf(entry.GetProperty("message").GetString()!);
        foreach (string name in Dates)
        {
            if (entry.TryGetProperty(name, out JsonElement own))
                return Parse(own);
            if (inner.ValueKind == JsonValueKind.Object && inner.TryGetProperty(name, out JsonElement parsed))
                return Parse(parsed);
        }

        return null;
    }

    private static JsonElement InnerOf(string message)
    {
        try
        {
            return message.StartsWith('{') ? JsonElement.Parse(message) : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static DateTimeOffset Parse(JsonElement time) => time.ValueKind == JsonValueKind.Number
        ? DateTimeOffset.FromUnixTimeMilliseconds(time.GetInt64())
        : DateTimeOffset.Parse(time.GetString()!, CultureInfo.InvariantCulture);
}
