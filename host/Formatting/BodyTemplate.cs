using System.Buffers;
using AuditHost.Formatting.Model;
using AuditHost.Sdk;
using Scriban.Runtime;

namespace AuditHost.Formatting;

/// <summary>A template for the body of a whole batch.</summary>
internal sealed class BodyTemplate(CompiledTemplate template) : IBodyFormatter
{
    public string ContentType => template.ContentType;

    public void Format(ReadOnlySpan<OutboundEvent> events, BatchFacts facts, IBufferWriter<byte> output)
    {
        var entries = new EventEntry[events.Length];
        long allowance = 0;
        for (int index = 0; index < entries.Length; index++)
        {
            entries[index] = new EventEntry(events[index].Event, events[index].Key);
            allowance += Allowance(events[index].Event);
        }

        var batch = new ScriptObject(3) { ["count"] = events.Length, ["destination"] = facts.Destination, ["id"] = facts.Id };
        batch.IsReadOnly = true;
        template.Render(new ScriptObject(2) { ["events"] = Array.AsReadOnly(entries), ["batch"] = batch }, allowance, output, events.Length);
    }

    /// <summary>What an event may cost in memory: its text several times over, and the engine's own work on it.</summary>
    internal static long Allowance(AuditEvent auditEvent) => (64 * 1024) + (16L * auditEvent.Json.Length);
}
