using System.Buffers.Text;
using System.Text.Json;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Fluentd;

/// <summary>Writes a record: a JSON object goes over token by token as a MessagePack map, anything else as the text of one member.</summary>
internal static class RecordWriter
{
    private const int MaxDepth = 64;

    /// <param name="payload">The event as its format made it.</param>
    /// <param name="isJson">Whether the format makes JSON.</param>
    /// <param name="output">Where the record goes.</param>
    public static void Write(ReadOnlySpan<byte> payload, bool isJson, MessagePackBuffer output)
    {
        int start = output.Length;
        if (isJson && payload.TrimStart(" \t\r\n"u8) is [(byte)'{', ..])
        {
            try
            {
                WriteObject(payload, output);
                return;
            }
            catch (JsonException)
            {
                // What a template made may be JSON only at first sight.
                output.Length = start;
            }
        }

        output.WriteByte(0x81);
        output.WriteString("message"u8);
        output.WriteString(payload);
    }

    private static void WriteObject(ReadOnlySpan<byte> json, MessagePackBuffer output)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        Span<Container> open = stackalloc Container[MaxDepth + 1];
        int depth = 0;
        while (reader.Read())
        {
            // The place at depth 0 is for the root, which nothing counts.
            ref Container around = ref open[depth];
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                output.CloseContainer(around.Start, around.Count, around.IsMap);
                depth--;
                continue;
            }

            // In a map the names count.
            if (!around.IsMap || reader.TokenType == JsonTokenType.PropertyName)
                around.Count++;
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                open[++depth] = new Container(output.Length, reader.TokenType == JsonTokenType.StartObject);
                output.WriteByte(0);
                continue;
            }

            WriteScalar(in reader, output);
        }
    }

    private static void WriteScalar(in Utf8JsonReader reader, MessagePackBuffer output)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName or JsonTokenType.String when reader.ValueIsEscaped:
                WriteEscaped(reader.ValueSpan, output);
                break;
            case JsonTokenType.PropertyName or JsonTokenType.String:
                output.WriteString(reader.ValueSpan);
                break;
            case JsonTokenType.Number:
                WriteNumber(reader.ValueSpan, output);
                break;
            case JsonTokenType.Null:
                output.WriteNil();
                break;
            default:
                output.WriteBoolean(reader.TokenType == JsonTokenType.True);
                break;
        }
    }

    private static void WriteEscaped(ReadOnlySpan<byte> escaped, MessagePackBuffer output)
    {
        const int LongestHeader = 5;
        Span<byte> target = output.GetSpan(escaped.Length + LongestHeader);
        int length = new EventValue(EventValueKind.String, escaped).CopyTo(target[LongestHeader..]);
        int header = MessagePackBuffer.WriteStringHeader(target, length);
        target.Slice(LongestHeader, length).CopyTo(target[header..]);
        output.Advance(header + length);
    }

    private static void WriteNumber(ReadOnlySpan<byte> token, MessagePackBuffer output)
    {
        if (Utf8Parser.TryParse(token, out long signed, out int used) && used == token.Length)
            output.WriteInteger(signed);
        else if (Utf8Parser.TryParse(token, out ulong unsigned, out used) && used == token.Length)
            output.WriteInteger(unsigned);
        else if (ExactDouble.TryParse(token, out double real))
            output.WriteDouble(real);
        else
            output.WriteString(token);
    }

    private record struct Container(int Start, bool IsMap)
    {
        public int Count { get; set; }
    }
}
