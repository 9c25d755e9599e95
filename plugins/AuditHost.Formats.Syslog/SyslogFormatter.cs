using System.Buffers;
using AuditHost.PluginKit.Syslog;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Syslog;

/// <summary>Writes a syslog message: the shared header, then the event or a sentence about it.</summary>
internal sealed class SyslogFormatter(SyslogFormatterSettings settings, SyslogOptions options) : IEventFormatter
{
    private readonly SyslogOptions _options = options;

    public string ContentType => "text/plain";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        if (settings.Standard == SyslogStandard.Rfc5424)
            SyslogHeaderWriter.Write5424(auditEvent, in _options, output);
        else
            SyslogHeaderWriter.Write3164(auditEvent, in _options, output);
        if (settings.Bom)
            output.Write("\uFEFF"u8);
        if (settings.Message == SyslogMessage.Json)
            OneLineJson.Write(auditEvent.Json.Span, output);
        else
            EventSummary.Write(auditEvent, output);
    }
}
