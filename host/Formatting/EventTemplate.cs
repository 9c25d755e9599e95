using System.Buffers;
using AuditHost.Formatting.Model;
using AuditHost.Sdk;

namespace AuditHost.Formatting;

/// <summary>A template for one event.</summary>
internal sealed class EventTemplate(CompiledTemplate template) : IEventFormatter
{
    public string ContentType => template.ContentType;

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        using var entry = new EventEntry(auditEvent);
        template.Render(entry, BodyTemplate.Allowance(auditEvent), output);
    }
}
