using System.Buffers;
using System.Text.Json;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Xml;

/// <summary>Writes the event's JSON as elements. How each part is mapped stands in the README.</summary>
internal sealed class XmlFormatter(byte[] rootElement) : IEventFormatter
{
    public string ContentType => "application/xml";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        var writer = new Utf8Writer(output);
        var reader = new Utf8JsonReader(auditEvent.Json.Span);
        reader.Read();
        writer.Write((byte)'<');
        writer.Write(rootElement);
        WriteContent(ref writer, ref reader);
        writer.Write("</"u8);
        writer.Write(rootElement);
        writer.Write((byte)'>');
        writer.Flush();
    }

    /// <summary>Writes the end of an open tag and what stands between it and its closing tag.</summary>
    private static void WriteContent(ref Utf8Writer writer, ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            writer.Write(" nil=\"true\">"u8);
            return;
        }

        writer.Write((byte)'>');
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                    WriteMember(ref writer, ref reader);
                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    writer.Write("<item"u8);
                    WriteContent(ref writer, ref reader);
                    writer.Write("</item>"u8);
                }

                break;
            case JsonTokenType.String:
                using (var text = new DecodedText(new EventValue(EventValueKind.String, reader.ValueSpan)))
                    XmlText.Write(ref writer, text.Utf8);
                break;
            default:
                writer.Write(reader.ValueSpan);
                break;
        }
    }

    private static void WriteMember(ref Utf8Writer writer, ref Utf8JsonReader reader)
    {
        using var name = new DecodedText(new EventValue(EventValueKind.String, reader.ValueSpan));
        bool valid = XmlText.IsName(name.Utf8);
        writer.Write((byte)'<');
        XmlText.WriteName(ref writer, name.Utf8);
        if (!valid)
        {
            writer.Write(" name=\""u8);
            XmlText.Write(ref writer, name.Utf8);
            writer.Write((byte)'"');
        }

        reader.Read();
        WriteContent(ref writer, ref reader);
        writer.Write("</"u8);
        XmlText.WriteName(ref writer, name.Utf8);
        writer.Write((byte)'>');
    }
}
