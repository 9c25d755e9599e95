using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuditHost.Fakes.OpenTelemetry;

/// <summary>
/// Reads an <c>ExportLogsServiceRequest</c> in OTLP's JSON: names in lowerCamelCase, ids in hex, enums as numbers, integers of 64 bits as
/// strings (numbers are read too, and noted).
/// </summary>
internal sealed class JsonRequest(OtlpRules rules)
{
    /// <summary>How many records there are; nothing else is looked at.</summary>
    public static int Count(ReadOnlySpan<byte> request)
    {
        int count = 0;
        var reader = new Utf8JsonReader(request, new JsonReaderOptions { MaxDepth = 256 });
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("logRecords"u8))
                continue;
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                reader.Skip();
                count++;
            }
        }

        return count;
    }

    /// <exception cref="FormatException">It is none.</exception>
    public void Read(ReadOnlyMemory<byte> request)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(request, new JsonDocumentOptions { MaxDepth = 256 });
            foreach (JsonProperty member in Members(document.RootElement, "ExportLogsServiceRequest", "resourceLogs"))
                Each(member.Value, ReadResourceLogs);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException(exception.Message);
        }
    }

    private void ReadResourceLogs(JsonElement message)
    {
        int before = rules.Records.Count;
        Dictionary<string, JsonNode?> resource = [];
        foreach (JsonProperty member in Members(message, "ResourceLogs", "resource", "scopeLogs", "schemaUrl"))
        {
            if (member.NameEquals("resource"))
                ReadResource(member.Value, resource);
            else if (member.NameEquals("scopeLogs"))
                Each(member.Value, scope => ReadScopeLogs(scope, resource));
        }

        rules.CheckEnvelope(before);
    }

    private void ReadResource(JsonElement message, Dictionary<string, JsonNode?> resource)
    {
        foreach (JsonProperty member in Members(message, "Resource", "attributes", "droppedAttributesCount"))
        {
            if (member.NameEquals("attributes"))
                Each(member.Value, pair => ReadPair(pair, resource));
        }
    }

    private void ReadScopeLogs(JsonElement message, Dictionary<string, JsonNode?> resource)
    {
        int before = rules.Records.Count;
        string scope = string.Empty;
        foreach (JsonProperty member in Members(message, "ScopeLogs", "scope", "logRecords", "schemaUrl"))
        {
            if (member.NameEquals("scope"))
                scope = Members(member.Value, "InstrumentationScope", "name", "version").Where(one => one.NameEquals("name")).Select(one => one.Value.GetString()!).SingleOrDefault("");
            else if (member.NameEquals("logRecords"))
                Each(member.Value, record => ReadRecord(record, new OtlpRecord { Resource = resource, Scope = scope }));
        }

        rules.CheckEnvelope(before);
    }

    private void ReadRecord(JsonElement message, OtlpRecord record)
    {
        string[] known =
        [
            "timeUnixNano", "observedTimeUnixNano", "severityNumber", "severityText", "body", "attributes", "droppedAttributesCount", "flags",
            "traceId", "spanId", "eventName",
        ];
        foreach (JsonProperty member in Members(message, "LogRecord", known))
        {
            switch (member.Name)
            {
                case "timeUnixNano":
                    record.Time = (ulong)Integer(member.Value);
                    break;
                case "observedTimeUnixNano":
                    record.ObservedTime = (ulong)Integer(member.Value);
                    break;
                case "severityNumber":
                    record.SeverityNumber = member.Value.GetInt32();
                    break;
                case "severityText":
                    record.SeverityText = member.Value.GetString()!;
                    break;
                case "eventName":
                    record.EventName = member.Value.GetString()!;
                    break;
                case "body":
                    record.Body = ReadValue(member.Value);
                    break;
                case "attributes":
                    Each(member.Value, pair => ReadPair(pair, record.Attributes));
                    break;
                case "traceId" or "spanId":
                    CheckId(member.Value.GetString()!, member.NameEquals("traceId") ? 32 : 16);
                    break;
            }
        }

        rules.Add(record);
    }

    private void ReadPair(JsonElement message, Dictionary<string, JsonNode?> attributes)
    {
        string key = string.Empty;
        JsonNode? value = null;
        foreach (JsonProperty member in Members(message, "KeyValue", "key", "value"))
        {
            if (member.NameEquals("key"))
                key = member.Value.GetString()!;
            else
                value = ReadValue(member.Value);
        }

        rules.Add(attributes, key, value);
    }

    private JsonNode? ReadValue(JsonElement message)
    {
        JsonProperty[] values =
            [.. Members(message, "AnyValue", "stringValue", "boolValue", "intValue", "doubleValue", "arrayValue", "kvlistValue", "bytesValue")];
        if (values.Length > 1)
            throw new FormatException("a value that is several");
        return values.Length == 0 ? null : ReadOne(values[0]);
    }

    private JsonNode? ReadOne(JsonProperty value)
    {
        switch (value.Name)
        {
            case "boolValue":
                return value.Value.GetBoolean();
            case "intValue":
                return Integer(value.Value);
            case "doubleValue":
                return value.Value.GetDouble();
            case "arrayValue":
                var array = new JsonArray();
                foreach (JsonProperty member in Members(value.Value, "ArrayValue", "values"))
                    Each(member.Value, one => array.Add(ReadValue(one)));
                return array;
            case "kvlistValue":
                Dictionary<string, JsonNode?> members = [];
                foreach (JsonProperty member in Members(value.Value, "KeyValueList", "values"))
                    Each(member.Value, pair => ReadPair(pair, members));
                return new JsonObject(members);
            default:
                return value.Value.GetString()!;
        }
    }

    /// <summary>The members that a message has; others are passed over, as they must, and noted.</summary>
    private IEnumerable<JsonProperty> Members(JsonElement message, string name, params string[] known)
    {
        foreach (JsonProperty member in message.EnumerateObject())
        {
            if (known.Contains(member.Name))
                yield return member;
            else
                rules.Note($"field {member.Name} of {name}, which it does not have");
        }
    }

    private static void Each(JsonElement list, Action<JsonElement> read)
    {
        foreach (JsonElement one in list.EnumerateArray())
            read(one);
    }

    private long Integer(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            return long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : throw new FormatException("an integer that is none");
        rules.Note("an integer of 64 bits that is no string");
        return value.GetInt64();
    }

    private void CheckId(string id, int digits)
    {
        if (id.Length != 0 && (id.Length != digits || !id.All(char.IsAsciiHexDigit)))
            rules.Note("an id that is no hex of its length");
    }
}
