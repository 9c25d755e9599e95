using System.Buffers;
using System.Buffers.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Syslog;

/// <summary>Passes a syslog message on as it came, byte for byte. Any other event becomes a message first.</summary>
/// <param name="originator">Writes what came as something else.</param>
internal sealed class RelayFormatter(IEventFormatter originator) : IEventFormatter
{
    public string ContentType => "text/plain";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        EventValue header = auditEvent.Type.Equals("syslog"u8) ? auditEvent.Find("syslog.header") : default;
        EventValue text = header.Kind == EventValueKind.String ? auditEvent.Find("message") : default;
        if (text.Kind != EventValueKind.String)
        {
            originator.Format(auditEvent, output);
        }
        else if (!(HasReplacement(header) || HasReplacement(text)) || !TryWriteBytes(auditEvent.Find("syslog.original_base64"), output))
        {
            header.WriteTo(output);
            text.WriteTo(output);
        }
    }

    /// <summary>What is no UTF-8 shows as the replacement character.</summary>
    private static bool HasReplacement(EventValue value) => value.Raw.IndexOf("\uFFFD"u8) >= 0;

    /// <summary>Where the message was no UTF-8, its text is not all there was.</summary>
    private static bool TryWriteBytes(EventValue base64, IBufferWriter<byte> output)
    {
        if (base64.Kind != EventValueKind.String)
            return false;
        Span<byte> target = output.GetSpan(Base64.GetMaxDecodedFromUtf8Length(base64.Raw.Length));
        if (Base64.DecodeFromUtf8(base64.Raw, target, out _, out int written) != OperationStatus.Done)
            return false;
        output.Advance(written);
        return true;
    }
}
