using System.Text.Json.Nodes;

namespace AuditHost.Fakes.OpenTelemetry;

/// <summary>Reads an <c>ExportLogsServiceRequest</c> in binary protobuf, by the field numbers of opentelemetry-proto.</summary>
internal sealed class ProtobufRequest(OtlpRules rules)
{
    /// <summary>Protobuf readers refuse messages nested deeper than this, unless they are told otherwise.</summary>
    private const int MaxDepth = 100;

    private int _depth;

    /// <summary>How many records there are; nothing else is looked at.</summary>
    public static int Count(ReadOnlySpan<byte> request)
    {
        int count = 0;
        var resources = new WireReader(request);
        while (resources.Next())
        {
            var scopes = new WireReader(resources.ReadBytes());
            while (scopes.Next())
            {
                if (scopes is not { Field: 2, Type: WireReader.Length })
                {
                    scopes.Skip();
                    continue;
                }

                var records = new WireReader(scopes.ReadBytes());
                while (records.Next())
                {
                    count += records is { Field: 2, Type: WireReader.Length } ? 1 : 0;
                    records.Skip();
                }
            }
        }

        return count;
    }

    /// <exception cref="FormatException">It is none.</exception>
    public void Read(ReadOnlySpan<byte> request)
    {
        var reader = new WireReader(request);
        while (reader.Next())
        {
            if (Is(ref reader, "ExportLogsServiceRequest", 1, WireReader.Length))
                ReadResourceLogs(reader.ReadBytes());
        }
    }

    private void ReadResourceLogs(ReadOnlySpan<byte> message)
    {
        int before = rules.Records.Count;
        Dictionary<string, JsonNode?> resource = [];
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1 && Is(ref reader, "ResourceLogs", 1, WireReader.Length))
                ReadAttributes(reader.ReadBytes(), "Resource", resource);
            else if (reader.Field == 3 && Is(ref reader, "ResourceLogs", 3, WireReader.Length))
                reader.ReadText();
            else if (Is(ref reader, "ResourceLogs", 2, WireReader.Length))
                ReadScopeLogs(reader.ReadBytes(), resource);
        }

        rules.CheckEnvelope(before);
    }

    private void ReadScopeLogs(ReadOnlySpan<byte> message, Dictionary<string, JsonNode?> resource)
    {
        int before = rules.Records.Count;
        string scope = string.Empty;
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1 && Is(ref reader, "ScopeLogs", 1, WireReader.Length))
                scope = ReadScope(reader.ReadBytes());
            else if (reader.Field == 3 && Is(ref reader, "ScopeLogs", 3, WireReader.Length))
                reader.ReadText();
            else if (Is(ref reader, "ScopeLogs", 2, WireReader.Length))
                ReadRecord(reader.ReadBytes(), new OtlpRecord { Resource = resource, Scope = scope });
        }

        rules.CheckEnvelope(before);
    }

    private string ReadScope(ReadOnlySpan<byte> message)
    {
        string name = string.Empty;
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1 && Is(ref reader, "InstrumentationScope", 1, WireReader.Length))
                name = reader.ReadText();
            else if (Is(ref reader, "InstrumentationScope", 2, WireReader.Length))
                reader.ReadText();
        }

        return name;
    }

    private void ReadRecord(ReadOnlySpan<byte> message, OtlpRecord record)
    {
        var reader = new WireReader(message);
        while (reader.Next())
        {
            int expected = reader.Field switch
            {
                1 or 11 => WireReader.Fixed64,
                2 or 7 => WireReader.Varint,
                8 => WireReader.Fixed32,
                _ => WireReader.Length,
            };
            int field = reader.Field is 1 or 2 or 3 or (>= 5 and <= 12) ? reader.Field : 0;
            if (Is(ref reader, "LogRecord", field, expected))
                ReadRecordField(ref reader, record);
        }

        rules.Add(record);
    }

    private void ReadRecordField(ref WireReader reader, OtlpRecord record)
    {
        switch (reader.Field)
        {
            case 1:
                record.Time = reader.ReadFixed64();
                break;
            case 2:
                record.SeverityNumber = (int)Math.Min(reader.ReadVarint(), int.MaxValue);
                break;
            case 3:
                record.SeverityText = reader.ReadText();
                break;
            case 5:
                record.Body = ReadValue(reader.ReadBytes());
                break;
            case 6:
                ReadPair(reader.ReadBytes(), record.Attributes);
                break;
            case 9 or 10:
                int length = reader.Field == 9 ? 16 : 8;
                if (reader.ReadBytes().Length is not 0 and var actual && actual != length)
                    rules.Note($"a trace or span id of {actual} bytes");
                break;
            case 11:
                record.ObservedTime = reader.ReadFixed64();
                break;
            case 12:
                record.EventName = reader.ReadText();
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private void ReadAttributes(ReadOnlySpan<byte> message, string name, Dictionary<string, JsonNode?> attributes)
    {
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (Is(ref reader, name, 1, WireReader.Length))
                ReadPair(reader.ReadBytes(), attributes);
        }
    }

    private void ReadPair(ReadOnlySpan<byte> message, Dictionary<string, JsonNode?> attributes)
    {
        string key = string.Empty;
        JsonNode? value = null;
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1 && Is(ref reader, "KeyValue", 1, WireReader.Length))
                key = reader.ReadText();
            else if (Is(ref reader, "KeyValue", 2, WireReader.Length))
                value = ReadValue(reader.ReadBytes());
        }

        rules.Add(attributes, key, value);
    }

    private JsonNode? ReadValue(ReadOnlySpan<byte> message)
    {
        // Three messages for each level of a map, and five around the outermost.
        if (++_depth * 3 > MaxDepth - 5)
            throw new FormatException("messages nested deeper than protobuf reads them");
        JsonNode? value = null;
        int values = 0;
        var reader = new WireReader(message);
        while (reader.Next())
        {
            int expected = reader.Field switch { 2 or 3 => WireReader.Varint, 4 => WireReader.Fixed64, _ => WireReader.Length };
            if (!Is(ref reader, "AnyValue", reader.Field is >= 1 and <= 7 ? reader.Field : 0, expected))
                continue;
            value = ReadOne(ref reader);
            values++;
        }

        _depth--;
        return values <= 1 ? value : throw new FormatException("a value that is several");
    }

    private JsonNode? ReadOne(ref WireReader reader)
    {
        switch (reader.Field)
        {
            case 1:
                return reader.ReadText();
            case 2:
                return reader.ReadVarint() is var boolean && boolean <= 1 ? boolean == 1 : throw new FormatException("a boolean that is neither");
            case 3:
                return (long)reader.ReadVarint();
            case 4:
                return BitConverter.UInt64BitsToDouble(reader.ReadFixed64());
            case 5:
                return ReadArray(reader.ReadBytes());
            case 6:
                Dictionary<string, JsonNode?> members = [];
                ReadAttributes(reader.ReadBytes(), "KeyValueList", members);
                return new JsonObject(members);
            default:
                return Convert.ToBase64String(reader.ReadBytes());
        }
    }

    private JsonArray ReadArray(ReadOnlySpan<byte> message)
    {
        var array = new JsonArray();
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (Is(ref reader, "ArrayValue", 1, WireReader.Length))
                array.Add(ReadValue(reader.ReadBytes()));
        }

        return array;
    }

    /// <summary>Whether the current field is the one; of the wrong type it is refused, and another one is passed over and noted.</summary>
    private bool Is(ref WireReader reader, string message, int field, int type)
    {
        if (reader.Field != field)
        {
            rules.Note($"field {reader.Field} of {message}, which it does not have");
            reader.Skip();
            return false;
        }

        return reader.Type == type ? true : throw new FormatException($"field {field} of {message} with the wrong wire type");
    }
}
