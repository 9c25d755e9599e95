using System.Buffers;
using AuditHost.Formatting.Model;
using AuditHost.Sdk;
using Scriban.Runtime;

namespace AuditHost.Formatting;

/// <summary>A template for one event.</summary>
internal sealed class EventTemplate(CompiledTemplate template) : IEventFormatter
{
    public string ContentType => template.ContentType;

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        using var entry = new EventEntry(auditEvent);
        var variables = new ScriptObject(2) { ["event"] = entry.Event, ["audit"] = entry.Envelope };
        template.Render(variables, BodyTemplate.Allowance(auditEvent), output);
    }
}
