using System.Text.Json;
using AuditHost.Intake.Mapping;
using AuditHost.Sdk;

namespace AuditHost.Intake.Http.Splunk;

/// <summary>Makes events of what a request to the collector holds, up to the first that is bad.</summary>
/// <param name="mapping">Makes each an event of the host.</param>
/// <param name="mapped">Takes the events.</param>
internal sealed class HecEvents(EventMapping mapping, BodyBuffer mapped)
{
    // One level is the event's own, around the original.
    private static readonly JsonReaderOptions Options = new() { AllowMultipleValues = true, MaxDepth = EventParser.MaxDepth - 1 };

    private readonly List<(int Start, int Length)> _places = [];

    /// <summary>Why the event behind the last one is none; <see langword="null"/> where all are good.</summary>
    public HecCode? Fault { get; private set; }

    /// <summary>Reads objects that stand one behind the other, with or without space between them.</summary>
    public void ReadObjects(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, Options);
        try
        {
            while (Fault is null && reader.Read())
            {
                int start = (int)reader.TokenStartIndex;
                if (reader.TokenType == JsonTokenType.StartObject)
                    reader.Skip();
                else
                    Fault = HecCode.InvalidDataFormat;
                ReadOnlySpan<byte> json = body[start..(int)reader.BytesConsumed];
                Fault ??= FaultOf(json);
                if (Fault is null)
                    Map(json);
            }
        }
        catch (JsonException)
        {
            Fault = HecCode.InvalidDataFormat;
        }
    }

    /// <summary>Reads lines of any text, each with what the request says of all of them.</summary>
    /// <param name="body">Valid UTF-8.</param>
    /// <param name="metadata">Members beside the line.</param>
    public void ReadLines(ReadOnlySpan<byte> body, IReadOnlyList<(string Name, string Value)> metadata)
    {
        using var original = new BodyBuffer();
        using var json = new Utf8JsonWriter(original, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        foreach (Range range in body.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = body[range].TrimEnd((byte)'\r');
            if (line.IsEmpty)
                continue;
            original.Clear();
            json.Reset();
            json.WriteStartObject();
            foreach ((string name, string value) in metadata)
                json.WriteString(name, value);
            json.WriteString("event"u8, line);
            json.WriteEndObject();
            json.Flush();
            Map(original.Written.Span);
        }
    }

    /// <summary>Hands the events over.</summary>
    public void AddTo(EventCollector events)
    {
        events.Begin(mapped.Written);
        foreach ((int start, int length) in _places)
        {
            if (events.TryAdd(start, length) is null)
                continue;
            Fault = HecCode.InvalidDataFormat;
            return;
        }
    }

    private void Map(ReadOnlySpan<byte> json)
    {
        if (_places.Count == IntakeLimits.MaxEvents)
            throw new RefusedRequestException(Problems.TooMany());
        int start = mapped.Length;
        mapping.Write(json, mapped);
        _places.Add((start, mapped.Length - start));
    }

    private static HecCode? FaultOf(ReadOnlySpan<byte> json)
    {
        EventValue content = JsonPath.Find(json, "event");
        if (content.Kind == EventValueKind.Missing)
            return HecCode.EventFieldIsRequired;
        if (content.Kind == EventValueKind.Null || content is { Kind: EventValueKind.String, Raw.IsEmpty: true })
            return HecCode.EventFieldCannotBeBlank;
        EventValue fields = JsonPath.Find(json, "fields");
        return fields.Kind is EventValueKind.Missing || (fields.Kind is EventValueKind.Object && IsFlat(fields.Raw)) ? null : HecCode.ErrorInHandlingIndexedFields;
    }

    /// <summary>Indexed fields are texts, numbers and lists of texts.</summary>
    private static bool IsFlat(ReadOnlySpan<byte> fields)
    {
        var reader = new Utf8JsonReader(fields);
        reader.Read();
        int depth = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartArray)
                depth++;
            else if (reader.TokenType == JsonTokenType.EndArray)
                depth--;
            if (depth > 1 || reader.TokenType == JsonTokenType.StartObject)
                return false;
        }

        return true;
    }
}
