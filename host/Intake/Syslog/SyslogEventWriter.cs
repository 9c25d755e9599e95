using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace AuditHost.Intake.Syslog;

/// <summary>
/// Makes an event of a syslog message: the envelope as far as the message says it, its parts under <c>syslog</c>, who sent it, and the
/// message itself as it came, byte for byte.
/// </summary>
internal sealed class SyslogEventWriter : IDisposable
{
    private readonly Utf8JsonWriter _json;
    private readonly IBufferWriter<byte> _output;
    private readonly TimeProvider _time;

    public SyslogEventWriter(IBufferWriter<byte> output, TimeProvider time)
    {
        _output = output;
        _time = time;

        // The result is never put into HTML; readable text matters more.
        _json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    /// <param name="message">The message, as it came.</param>
    /// <param name="peer">The address it came from.</param>
    public void Write(ReadOnlySpan<byte> message, string peer)
    {
        if (Utf8.IsValid(message))
            Write(message, original: default, peer);
        else
            Write(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(message)), message, peer);
    }

    public void Dispose() => _json.Dispose();

    /// <param name="text">The message in UTF-8.</param>
    /// <param name="original">Its bytes, where they are none.</param>
    /// <param name="peer">The address it came from.</param>
    private void Write(ReadOnlySpan<byte> text, ReadOnlySpan<byte> original, string peer)
    {
        SyslogMessage message = SyslogMessage.Parse(text);
        _json.Reset(_output);
        _json.WriteStartObject();
        WriteTime(message.Timestamp);
        _json.WriteString("event_type"u8, "syslog"u8);
        _json.WriteString("severity"u8, SeverityOf(message.Severity));
        WriteUnlessEmpty("source"u8, message.AppName);
        WriteUnlessEmpty("hostname"u8, message.Host);
        _json.WriteString("peer"u8, peer);
        _json.WriteString("message"u8, message.Text);
        _json.WriteStartObject("syslog"u8);
        _json.WriteNumber("facility"u8, message.Facility);
        _json.WriteNumber("severity"u8, message.Severity);
        _json.WriteNumber("version"u8, message.Version);
        WriteUnlessEmpty("timestamp"u8, message.Timestamp);
        WriteUnlessEmpty("proc_id"u8, message.ProcessId);
        WriteUnlessEmpty("msg_id"u8, message.MessageId);
        WriteUnlessEmpty("structured_data"u8, message.StructuredData);
        _json.WriteEndObject();
        _json.WriteString("original"u8, text);
        if (!original.IsEmpty)
            _json.WriteBase64String("original_base64"u8, original);
        _json.WriteEndObject();
        _json.Flush();
    }

    private void WriteTime(ReadOnlySpan<byte> timestamp)
    {
        if (timestamp.IsEmpty)
            return;
        if (!BsdTime.Looks(timestamp))
            _json.WriteString("timestamp"u8, timestamp);
        else if (BsdTime.TryParse(timestamp, _time.GetUtcNow(), _time.LocalTimeZone, out DateTimeOffset time))
            _json.WriteString("timestamp"u8, time);
    }

    private void WriteUnlessEmpty(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (!value.IsEmpty)
            _json.WriteString(name, value);
    }

    /// <summary>The envelope's word for one of the eight severities of RFC 5424, table 2.</summary>
    private static ReadOnlySpan<byte> SeverityOf(int severity) => severity switch
    {
        <= 2 => "critical"u8,
        3 => "high"u8,
        4 => "medium"u8,
        5 => "low"u8,
        _ => "info"u8,
    };
}
