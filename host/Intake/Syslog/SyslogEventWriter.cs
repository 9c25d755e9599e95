using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using AuditHost.Sdk;

namespace AuditHost.Intake.Syslog;

/// <summary>
/// Makes an event of a syslog message: the envelope as far as the message says it, its parts under <c>syslog</c>, who sent it, and its text.
/// The header and the text, one behind the other, are the message as it came, byte for byte. It knows where everything comes to lie, so
/// that nobody need parse what it wrote.
/// </summary>
internal sealed class SyslogEventWriter(PooledBuffer output, TimeProvider time)
{
    private const int MostDigits = 10;

    /// <summary>Where the event begins.</summary>
    private int _start;

    /// <summary>Writes an event behind what is there.</summary>
    /// <param name="message">The message, as it came.</param>
    /// <param name="peer">The address it came from.</param>
    /// <returns>What <see cref="EventParser"/> would find in it.</returns>
    public EventIndex Write(ReadOnlySpan<byte> message, string peer) => Utf8.IsValid(message)
        ? Write(message, original: default, peer)
        : Write(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(message)), message, peer);

    /// <param name="text">The message in UTF-8.</param>
    /// <param name="original">Its bytes, where they are none.</param>
    /// <param name="peer">The address it came from.</param>
    private EventIndex Write(ReadOnlySpan<byte> text, ReadOnlySpan<byte> original, string peer)
    {
        SyslogMessage message = SyslogMessage.Parse(text);
        EventIndex index = default;
        _start = output.Length;
        Append("{"u8);
        WriteTime(message.Timestamp, ref index);
        index[EventField.Type] = WriteString("\"event_type\":\""u8, "syslog"u8);
        index[EventField.Severity] = WriteString(",\"severity\":\""u8, WordOf(message.Severity));
        index.Severity = SeverityNames.Parse(WordOf(message.Severity));
        index[EventField.Source] = WriteUnlessEmpty(",\"source\":\""u8, message.AppName);
        index[EventField.Host] = WriteUnlessEmpty(",\"hostname\":\""u8, message.Host);
        WritePeer(peer);
        WriteNumber(",\"syslog\":{\"facility\":"u8, message.Facility);
        WriteNumber(",\"severity\":"u8, message.Severity);
        WriteNumber(",\"version\":"u8, message.Version);
        WriteUnlessEmpty(",\"timestamp\":\""u8, message.Timestamp);
        WriteUnlessEmpty(",\"proc_id\":\""u8, message.ProcessId);
        WriteUnlessEmpty(",\"msg_id\":\""u8, message.MessageId);
        WriteUnlessEmpty(",\"structured_data\":\""u8, message.StructuredData);
        WriteString(",\"header\":\""u8, text[..^message.Text.Length]);
        if (!original.IsEmpty)
            WriteBytes(original);
        WriteString("},\"message\":\""u8, message.Text);
        Append("}"u8);
        return index;
    }

    private void WriteTime(ReadOnlySpan<byte> timestamp, ref EventIndex index)
    {
        FieldRange range;
        if (timestamp.IsEmpty)
            return;
        if (!BsdTime.Looks(timestamp))
            range = WriteString("\"timestamp\":\""u8, timestamp);
        else if (BsdTime.TryParse(timestamp, time.GetUtcNow(), time.LocalTimeZone, out DateTimeOffset local))
            range = WriteTime(local);
        else
            return;
        Append(","u8);
        index[EventField.Timestamp] = range;
        if (EventTime.TryParse(range.Read(output.Written.Span[_start..]), out long ticks))
            index.TimeTicks = ticks;
    }

    private FieldRange WriteTime(DateTimeOffset local)
    {
        Span<byte> text = stackalloc byte[32];
        local.TryFormat(text, out int length, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        return WriteString("\"timestamp\":\""u8, text[..length]);
    }

    /// <param name="opening">What stands before the value, its quote included.</param>
    /// <param name="value">The value.</param>
    /// <returns>Where it lies in the event.</returns>
    private FieldRange WriteString(ReadOnlySpan<byte> opening, ReadOnlySpan<byte> value)
    {
        Append(opening);
        int start = output.Length;
        JsonEscaping.Write(value, output);
        var range = new FieldRange(start - _start, output.Length - start, EventValueKind.String);
        Append("\""u8);
        return range;
    }

    private FieldRange WriteUnlessEmpty(ReadOnlySpan<byte> opening, ReadOnlySpan<byte> value) => value.IsEmpty ? default : WriteString(opening, value);

    private void WritePeer(string peer)
    {
        Append(",\"peer\":\""u8);
        output.Advance(Encoding.ASCII.GetBytes(peer, output.GetSpan(peer.Length)));
        Append("\""u8);
    }

    private void WriteNumber(ReadOnlySpan<byte> opening, int value)
    {
        Append(opening);
        Utf8Formatter.TryFormat(value, output.GetSpan(MostDigits), out int length);
        output.Advance(length);
    }

    private void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        Append(",\"original_base64\":\""u8);
        Base64.EncodeToUtf8(bytes, output.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out int length);
        output.Advance(length);
        Append("\""u8);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }

    /// <summary>The envelope's word for one of the eight severities of RFC 5424, table 2.</summary>
    private static ReadOnlySpan<byte> WordOf(int severity) => severity switch
    {
        <= 2 => "critical"u8,
        3 => "high"u8,
        4 => "medium"u8,
        5 => "low"u8,
        _ => "info"u8,
    };
}
