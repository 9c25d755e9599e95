using System.Buffers;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Json;

/// <summary>The event as it was received, token by token; only white space between tokens goes.</summary>
internal sealed class JsonFormatter : IEventFormatter
{
    public string ContentType => "application/json";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output) => OneLineJson.Write(auditEvent.Json.Span, output);
}
