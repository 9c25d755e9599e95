using System.Buffers;
using AuditHost.PluginKit.Events;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Sentinel;

/// <summary>
/// Writes a row. Names begin with a letter, have letters and digits alone, at most 45, and none is reserved (_ResourceId, id,
/// _SubscriptionId, TenantId, Type, UniqueId, Title).
/// </summary>
/// <param name="rawEvent">Whether the event goes along as received.</param>
/// <param name="maxFieldBytes">The most bytes of a value.</param>
internal sealed class SentinelFormatter(bool rawEvent, int maxFieldBytes) : IEventFormatter
{
    public string ContentType => "application/json";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        var row = new RowWriter(output, maxFieldBytes);

        // First: the Data Collector API wants it under another name, which is put there without a second parse.
        row.Begin("TimeGenerated"u8, auditEvent.Time);
        row.Text("EventId"u8, auditEvent.Id);
        row.Text("EventType"u8, auditEvent.Type);
        row.Text("EventSeverity"u8, SeverityName.Of(auditEvent.Severity));
        row.Text("EventSource"u8, auditEvent.Source);
        row.Text("UserName"u8, auditEvent.User);
        row.Text("HostName"u8, auditEvent.Host);
        row.Text("OperationId"u8, auditEvent.Operation);
        row.Text("ParentOperationId"u8, auditEvent.Find("context.parent_operation_id"));
        row.Text("Classification"u8, auditEvent.Classification);
        row.Dynamic("ComplianceProfiles"u8, auditEvent.ComplianceProfiles);
        row.Dynamic("Metadata"u8, auditEvent.Find("context.metadata"));
        row.Text("IntegrityHash"u8, auditEvent.Find("integrity_hash"));
        row.Text("PreviousHash"u8, auditEvent.Find("previous_hash"));
        EventValue payload = auditEvent.Find("payload");

        // Of an event of another producer nobody knows where its details are.
        row.Dynamic("Details"u8, payload.Kind == EventValueKind.Object ? payload : new EventValue(EventValueKind.Object, auditEvent.Json.Span));
        if (rawEvent)
            row.Text("RawEvent"u8, auditEvent.Json.Span);
        row.End("IsTruncated"u8);
    }
}
