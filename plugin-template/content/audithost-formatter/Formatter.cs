using System.Buffers;
using AuditHost.Sdk;

namespace Template._1;

/// <summary>Writes decoded values straight to the host's buffer; what would break the line is refused.</summary>
internal sealed class Formatter(byte separator) : IEventFormatter
{
    public string ContentType => "text/plain; charset=utf-8";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        Write(auditEvent.Id, output);
        output.Write<byte>([separator]);
        Write(auditEvent.Type, output);
        output.Write<byte>([separator]);
        Write(auditEvent.User, output);
    }

    private void Write(EventValue value, IBufferWriter<byte> output)
    {
        if (value.Raw.IsEmpty)
            return;

        // Decoded first: a separator may have been received as an escape.
        Span<byte> target = output.GetSpan(value.Raw.Length);
        int length = value.CopyTo(target);
        if (target[..length].ContainsAny(separator, (byte)'\r', (byte)'\n'))
            throw new FormatException("A value has a separator or a line break, which this format cannot hold.");
        output.Advance(length);
    }
}
