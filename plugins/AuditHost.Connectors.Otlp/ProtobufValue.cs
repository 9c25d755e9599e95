using System.Text.Json;
using AuditHost.PluginKit.Protobuf;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Otlp;

/// <summary>Writes JSON values as <c>AnyValue</c> messages in protobuf.</summary>
internal static class ProtobufValue
{
    // An estimate; most values of audit events are short.
    private const int ExpectedBytes = 100;

    /// <summary>Writes a value that an event has.</summary>
    public static void Write(ProtobufWriter output, int field, EventValue value)
    {
        switch (value.Kind)
        {
            case EventValueKind.String:
                WriteText(output, field, value);
                break;
            case EventValueKind.Number:
                WriteNumber(output, field, value);
                break;
            case EventValueKind.Boolean:
                WriteBoolean(output, field, value.Raw[0] == 't');
                break;
            default:
                WriteJson(output, field, value.Raw);
                break;
        }
    }

    /// <summary>Writes a text in UTF-8.</summary>
    public static void WriteText(ProtobufWriter output, int field, ReadOnlySpan<byte> text)
    {
        output.Head(field, 1 + ProtobufWriter.SizeOf((ulong)text.Length) + text.Length);
        output.Bytes(OtlpField.AnyString, text);
    }

    /// <summary>Writes checked JSON as a structure.</summary>
    public static void WriteJson(ProtobufWriter output, int field, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, AnyValueLimits.Reading);
        reader.Read();
        WriteCurrent(output, field, ref reader, json, AnyValueLimits.Depth);
    }

    private static void WriteCurrent(ProtobufWriter output, int field, ref Utf8JsonReader reader, ReadOnlySpan<byte> json, int depth)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray when depth == 0:
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                WriteText(output, field, json[start..(int)reader.BytesConsumed]);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                WriteList(output, field, ref reader, json, depth);
                break;
            case JsonTokenType.String:
                WriteText(output, field, new EventValue(EventValueKind.String, reader.ValueSpan));
                break;
            case JsonTokenType.Number:
                WriteNumber(output, field, new EventValue(EventValueKind.Number, reader.ValueSpan));
                break;
            case JsonTokenType.True or JsonTokenType.False:
                WriteBoolean(output, field, reader.TokenType == JsonTokenType.True);
                break;
            default:
                output.Head(field, 0);
                break;
        }
    }

    private static void WriteList(ProtobufWriter output, int field, ref Utf8JsonReader reader, ReadOnlySpan<byte> json, int depth)
    {
        bool isMap = reader.TokenType == JsonTokenType.StartObject;
        NestedMessage any = output.Begin(field, ExpectedBytes);
        NestedMessage list = output.Begin(isMap ? OtlpField.AnyMap : OtlpField.AnyArray, ExpectedBytes);
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            if (!isMap)
            {
                WriteCurrent(output, OtlpField.ListValues, ref reader, json, depth - 1);
                continue;
            }

            NestedMessage pair = output.Begin(OtlpField.ListValues, ExpectedBytes);
            output.Text(OtlpField.KeyValueKey, new EventValue(EventValueKind.String, reader.ValueSpan));
            reader.Read();
            WriteCurrent(output, OtlpField.KeyValueValue, ref reader, json, depth - 1);
            output.End(pair);
        }

        output.End(list);
        output.End(any);
    }

    private static void WriteText(ProtobufWriter output, int field, EventValue value)
    {
        using var text = new DecodedText(value);
        WriteText(output, field, text.Utf8);
    }

    private static void WriteNumber(ProtobufWriter output, int field, EventValue value)
    {
        if (value.TryGetInt64(out long integer))
        {
            output.Head(field, 1 + ProtobufWriter.SizeOf((ulong)integer));
            output.Varint(OtlpField.AnyInt, (ulong)integer);
        }
        else if (ExactDouble.TryParse(value.Raw, out double number))
        {
            output.Head(field, 1 + sizeof(double));
            output.Double(OtlpField.AnyDouble, number);
        }
        else
        {
            WriteText(output, field, value.Raw);
        }
    }

    private static void WriteBoolean(ProtobufWriter output, int field, bool value)
    {
        output.Head(field, 2);
        output.Varint(OtlpField.AnyBool, value ? 1u : 0u);
    }
}
