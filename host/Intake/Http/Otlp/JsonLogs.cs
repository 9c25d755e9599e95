using System.Globalization;
using System.Text.Json;

namespace AuditHost.Intake.Http.Otlp;

/// <summary>
/// Reads an <c>ExportLogsServiceRequest</c> in JSON ("JSON Protobuf Encoding" of the OTLP specification): names in lowerCamelCase, ids in hexadecimal,
/// numbers of 64 bits as numbers or texts. Members that are not known are passed over.
/// </summary>
internal static class JsonLogs
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128 };

    private const int MaxDepth = EventParser.MaxDepth - 4;

    /// <exception cref="FormatException">It is none.</exception>
    /// <exception cref="RefusedRequestException">It has too many records.</exception>
    public static void Read(ReadOnlyMemory<byte> request, LogRecords records)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(request, Options);
            using var writer = new LogWriter();
            foreach (JsonElement resourceLogs in Items(Object(document.RootElement), "resourceLogs"u8))
            {
                Member(resourceLogs, "resource"u8, out JsonElement resource);
                foreach (JsonElement scopeLogs in Items(resourceLogs, "scopeLogs"u8))
                {
                    Member(scopeLogs, "scope"u8, out JsonElement scope);
                    foreach (JsonElement record in Items(scopeLogs, "logRecords"u8))
                        Add(record, resource, scope, writer, records);
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or OverflowException)
        {
            // A member of another kind than it must be is told by the reader, and so are text with half a surrogate pair and a number that does not fit.
            throw new FormatException(EventParser.FirstSentence(exception.Message), exception);
        }
    }

    private static void Add(JsonElement record, JsonElement resource, JsonElement scope, LogWriter writer, LogRecords records)
    {
        writer.Begin();
        WriteTime("time_unix_nano"u8, record, "timeUnixNano"u8, writer);
        WriteTime("observed_time_unix_nano"u8, record, "observedTimeUnixNano"u8, writer);
        if (Member(record, "severityNumber"u8, out JsonElement severity) && Integer(severity) is > 0 and var number)
            writer.Json.WriteNumber("severity_number"u8, number);
        WriteText("severity_text"u8, record, "severityText"u8, writer);
        WriteText("event_name"u8, record, "eventName"u8, writer);
        if (Member(record, "body"u8, out JsonElement body))
        {
            writer.Json.WritePropertyName("body"u8);
            WriteValue(body, writer, 1);
        }

        WriteText("trace_id"u8, record, "traceId"u8, writer);
        WriteText("span_id"u8, record, "spanId"u8, writer);
        WriteAttributes("attributes"u8, record, writer);
        WriteAttributes("resource"u8, resource, writer);
        if (scope.ValueKind == JsonValueKind.Object)
        {
            writer.Json.WriteStartObject("scope"u8);
            WriteText("name"u8, scope, "name"u8, writer);
            WriteText("version"u8, scope, "version"u8, writer);
            WriteAttributes("attributes"u8, scope, writer);
            writer.Json.WriteEndObject();
        }

        writer.Json.WriteEndObject();
        records.Add(writer.Written);
    }

    private static void WriteTime(ReadOnlySpan<byte> name, JsonElement owner, ReadOnlySpan<byte> member, LogWriter writer)
    {
        if (Member(owner, member, out JsonElement value))
            writer.Time(name, value.ValueKind == JsonValueKind.Number ? value.GetUInt64() : ulong.Parse(value.GetString()!, NumberStyles.None, CultureInfo.InvariantCulture));
    }

    private static void WriteText(ReadOnlySpan<byte> name, JsonElement owner, ReadOnlySpan<byte> member, LogWriter writer)
    {
        if (Member(owner, member, out JsonElement value) && value.GetString() is { Length: > 0 } text)
            writer.Json.WriteString(name, text);
    }

    private static void WriteAttributes(ReadOnlySpan<byte> name, JsonElement owner, LogWriter writer)
    {
        if (owner.ValueKind != JsonValueKind.Object || !Member(owner, "attributes"u8, out JsonElement attributes) || attributes.GetArrayLength() == 0)
            return;
        writer.Json.WriteStartObject(name);
        WriteMembers(attributes, writer, 1);
        writer.Json.WriteEndObject();
    }

    private static void WriteMembers(JsonElement attributes, LogWriter writer, int depth)
    {
        foreach (JsonElement attribute in attributes.EnumerateArray())
        {
            writer.Json.WritePropertyName(Member(attribute, "key"u8, out JsonElement key) ? key.GetString()! : string.Empty);
            if (Member(attribute, "value"u8, out JsonElement value))
                WriteValue(value, writer, depth);
            else
                writer.Json.WriteNullValue();
        }
    }

    private static void WriteValue(JsonElement value, LogWriter writer, int depth)
    {
        if (depth > MaxDepth)
            throw new FormatException($"A value is nested more than {MaxDepth} levels deep.");
        if (Member(value, "stringValue"u8, out JsonElement inner))
        {
            writer.Json.WriteStringValue(inner.GetString());
        }
        else if (Member(value, "boolValue"u8, out inner))
        {
            writer.Json.WriteBooleanValue(inner.GetBoolean());
        }
        else if (Member(value, "intValue"u8, out inner))
        {
            writer.Json.WriteNumberValue(Integer(inner));
        }
        else if (Member(value, "doubleValue"u8, out inner))
        {
            writer.Double(inner.ValueKind == JsonValueKind.String ? double.Parse(inner.GetString()!, CultureInfo.InvariantCulture) : inner.GetDouble());
        }
        else if (Member(value, "arrayValue"u8, out inner))
        {
            writer.Json.WriteStartArray();
            foreach (JsonElement item in Items(inner, "values"u8))
                WriteValue(item, writer, depth + 1);
            writer.Json.WriteEndArray();
        }
        else if (Member(value, "kvlistValue"u8, out inner))
        {
            writer.Json.WriteStartObject();
            if (Member(inner, "values"u8, out JsonElement members))
                WriteMembers(members, writer, depth + 1);
            writer.Json.WriteEndObject();
        }
        else if (Member(value, "bytesValue"u8, out inner))
        {
            writer.Json.WriteBase64StringValue(inner.GetBytesFromBase64());
        }
        else
        {
            writer.Json.WriteNullValue();
        }
    }

    /// <summary>Numbers of 64 bits come as texts, since JSON's own are exact to 53.</summary>
    private static long Integer(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetInt64()
        : long.Parse(value.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>A member that has a value; null is none.</summary>
    private static bool Member(JsonElement owner, ReadOnlySpan<byte> name, out JsonElement value) =>
        Object(owner).TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private static JsonElement.ArrayEnumerator Items(JsonElement owner, ReadOnlySpan<byte> name) =>
        Member(owner, name, out JsonElement list) ? list.EnumerateArray() : default;

    private static JsonElement Object(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? element : throw new FormatException($"Expected an object, got {element.ValueKind.ToString().ToLowerInvariant()}.");
}
