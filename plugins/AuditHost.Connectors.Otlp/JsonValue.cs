using System.Text.Json;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Otlp;

/// <summary>Writes JSON values as <c>AnyValue</c> messages in OTLP's JSON: integers of 64 bits are strings there.</summary>
internal static class JsonValue
{
    /// <summary>Writes a value that an event has.</summary>
    public static void Write(ref JsonWriter json, EventValue value)
    {
        switch (value.Kind)
        {
            case EventValueKind.String:
                WriteToken(ref json, value);
                break;
            case EventValueKind.Number:
                WriteNumber(ref json, value);
                break;
            case EventValueKind.Boolean:
                WriteBoolean(ref json, value.Raw[0] == 't');
                break;
            default:
                WriteJson(ref json, value.Raw);
                break;
        }
    }

    /// <summary>Writes a text in UTF-8.</summary>
    public static void WriteText(ref JsonWriter json, scoped ReadOnlySpan<byte> text)
    {
        json.BeginObject();
        json.Name("stringValue"u8);
        json.String(text);
        json.EndObject();
    }

    /// <summary>Writes checked JSON as a structure.</summary>
    public static void WriteJson(ref JsonWriter json, ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, AnyValueLimits.Reading);
        reader.Read();
        WriteCurrent(ref json, ref reader, text, AnyValueLimits.Depth);
    }

    private static void WriteCurrent(ref JsonWriter json, ref Utf8JsonReader reader, ReadOnlySpan<byte> text, int depth)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray when depth == 0:
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                WriteText(ref json, text[start..(int)reader.BytesConsumed]);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                WriteList(ref json, ref reader, text, depth);
                break;
            case JsonTokenType.String:
                WriteToken(ref json, new EventValue(EventValueKind.String, reader.ValueSpan));
                break;
            case JsonTokenType.Number:
                WriteNumber(ref json, new EventValue(EventValueKind.Number, reader.ValueSpan));
                break;
            case JsonTokenType.True or JsonTokenType.False:
                WriteBoolean(ref json, reader.TokenType == JsonTokenType.True);
                break;
            default:
                json.BeginObject();
                json.EndObject();
                break;
        }
    }

    private static void WriteList(ref JsonWriter json, ref Utf8JsonReader reader, ReadOnlySpan<byte> text, int depth)
    {
        bool isMap = reader.TokenType == JsonTokenType.StartObject;
        json.BeginObject();
        json.Name(isMap ? "kvlistValue"u8 : "arrayValue"u8);
        json.BeginObject();
        json.Name("values"u8);
        json.BeginArray();
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            if (!isMap)
            {
                WriteCurrent(ref json, ref reader, text, depth - 1);
                continue;
            }

            json.BeginObject();
            json.Name("key"u8);
            json.Quoted(reader.ValueSpan);
            json.Name("value"u8);
            reader.Read();
            WriteCurrent(ref json, ref reader, text, depth - 1);
            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
        json.EndObject();
    }

    private static void WriteToken(ref JsonWriter json, scoped EventValue value)
    {
        json.BeginObject();
        json.Name("stringValue"u8);
        json.Text(value);
        json.EndObject();
    }

    private static void WriteNumber(ref JsonWriter json, scoped EventValue value)
    {
        if (value.TryGetInt64(out _))
        {
            json.BeginObject();
            json.Name("intValue"u8);
            json.Text(value);
            json.EndObject();
        }
        else if (ExactDouble.TryParse(value.Raw, out _))
        {
            json.BeginObject();
            json.Name("doubleValue"u8);
            json.Value(value);
            json.EndObject();
        }
        else
        {
            WriteToken(ref json, value);
        }
    }

    private static void WriteBoolean(ref JsonWriter json, bool value)
    {
        json.BeginObject();
        json.Name("boolValue"u8);
        json.Boolean(value);
        json.EndObject();
    }
}
