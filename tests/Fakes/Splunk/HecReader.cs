using System.Text.Json;

namespace AuditHost.Fakes.Splunk;

/// <summary>Reads the objects of a request one after the other and checks each.</summary>
internal sealed class HecReader(IReadOnlySet<string> indexes)
{
    private static readonly HashSet<string> Known = ["time", "host", "source", "sourcetype", "index", "event", "fields"];

    /// <summary>What was wrong with the event that came out as <see langword="null"/>.</summary>
    public int Code { get; private set; }

    public string Text { get; private set; } = string.Empty;

    /// <returns>The events up to the first bad one, which is <see langword="null"/>.</returns>
    public IEnumerable<HecEvent?> Read(ReadOnlyMemory<byte> body)
    {
        int position = 0;
        while (Next(body, ref position) is { } json)
        {
            if (json.ValueKind == JsonValueKind.Undefined || !Check(json))
            {
                yield return null;
                yield break;
            }

            yield return new HecEvent(json);
        }
    }

    /// <returns>The next object; <see langword="null"/> at the end, an undefined one where it is no JSON.</returns>
    private JsonElement? Next(ReadOnlyMemory<byte> body, ref int position)
    {
        ReadOnlySpan<byte> rest = body.Span[position..];
        int start = rest.IndexOfAnyExcept(" \r\n\t"u8);
        if (start < 0)
            return null;
        var reader = new Utf8JsonReader(rest[start..], new JsonReaderOptions { AllowMultipleValues = true });
        try
        {
            var value = JsonElement.ParseValue(ref reader);
            position += start + (int)reader.BytesConsumed;
            if (value.ValueKind == JsonValueKind.Object)
                return value;
        }
        catch (JsonException)
        {
            // As anything else that is no object.
        }

        (Code, Text) = (6, "Invalid data format");
        return default(JsonElement);
    }

    private bool Check(JsonElement json)
    {
        (Code, Text) = Fault(json);
        return Code == 0;
    }

    private (int Code, string Text) Fault(JsonElement json)
    {
        if (json.EnumerateObject().Any(member => !Known.Contains(member.Name)) || !IsTime(json))
            return (6, "Invalid data format");
        if (!json.TryGetProperty("event", out JsonElement value))
            return (12, "Event field is required");
        if (value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0))
            return (13, "Event field cannot be blank");
        if (json.TryGetProperty("fields", out JsonElement fields) && !IsFlat(fields))
            return (15, "Error in handling indexed fields");
        return json.TryGetProperty("index", out JsonElement index) && indexes.Count > 0 && !indexes.Contains(index.GetString()!)
            ? (7, "Incorrect index")
            : (0, string.Empty);
    }

    private static bool IsTime(JsonElement json) => json.TryGetProperty("time", out JsonElement time)
        && (time.ValueKind == JsonValueKind.Number ? time.GetDouble() is > 0 and < 1e11 : time.ValueKind == JsonValueKind.String && double.TryParse(time.GetString(), out _));

    private static bool IsFlat(JsonElement fields) => fields.ValueKind == JsonValueKind.Object && fields.EnumerateObject().All(
        member => member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            || (member.Value.ValueKind == JsonValueKind.Array && member.Value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String)));
}
