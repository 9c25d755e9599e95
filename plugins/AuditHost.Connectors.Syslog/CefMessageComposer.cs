using System.Buffers;
using AuditHost.PluginKit.Syslog;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Syslog;

/// <summary>Puts a syslog header before the CEF message.</summary>
internal sealed class CefMessageComposer(CefHeader standard, SyslogOptions options) : IMessageComposer
{
    private readonly ArrayBufferWriter<byte> _header = new();

    public void Compose(in OutboundEvent outboundEvent, IBufferWriter<byte> output)
    {
        if (standard == CefHeader.Rfc5424)
            SyslogHeaderWriter.Write5424(outboundEvent.Event, in options, output);
        else
            WriteUntagged(outboundEvent.Event, output);
        output.Write(outboundEvent.Payload.Span);
    }

    // The CEF document has "CEF:" stand where RFC 3164 has the tag, and receivers that sort by the tag look for it there.
    private void WriteUntagged(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        _header.ResetWrittenCount();
        SyslogHeaderWriter.Write3164(auditEvent, in options, _header);
        ReadOnlySpan<byte> header = _header.WrittenSpan;
        output.Write(header[..(header.TrimEnd((byte)' ').LastIndexOf((byte)' ') + 1)]);
    }
}
