using System.Buffers;
using AuditHost.Formatting.Model;
using AuditHost.Sdk;

namespace AuditHost.Formatting;

/// <summary>A template for one event.</summary>
internal sealed class EventTemplate(CompiledTemplate template) : IEventFormatter
{
    public string ContentType => template.ContentType;

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output) =>
        template.Render(new EventEntry(auditEvent), BodyTemplate.Allowance(auditEvent), output);
}
