using System.Buffers;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Splunk;

/// <summary>
/// The fields of copybook-rs events flat under the names of the integration design. Events of other producers go out as they were
/// received, so that nothing of them is lost.
/// </summary>
internal sealed class SplunkFormatter : IEventFormatter
{
    public string ContentType => "application/json";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        if (auditEvent.Find("context").Kind != EventValueKind.Object || auditEvent.Find("payload").Kind != EventValueKind.Object)
        {
            OneLineJson.Write(auditEvent.Json.Span, output);
            return;
        }

        var json = new JsonWriter(output);
        json.BeginObject();
        json.Member("audit_event_id"u8, auditEvent.Id);
        json.Member("timestamp"u8, auditEvent.Timestamp);
        json.Member("event_type"u8, auditEvent.Type);
        json.Member("severity"u8, auditEvent.Find("severity"));
        json.Member("source_component"u8, auditEvent.Source);
        json.Member("operation_id"u8, auditEvent.Operation);
        json.Member("parent_operation_id"u8, auditEvent.Find("context.parent_operation_id"));
        json.Member("user"u8, auditEvent.User);
        json.Member("hostname"u8, auditEvent.Host);
        json.Member("process_id"u8, auditEvent.Find("context.environment.process_id"));
        json.Member("copybook_version"u8, auditEvent.Find("context.environment.version"));
        json.Member("security_classification"u8, auditEvent.Classification);
        json.Member("compliance_profiles"u8, auditEvent.ComplianceProfiles);
        json.Member("metadata"u8, auditEvent.Find("context.metadata"));
        json.Member("payload"u8, auditEvent.Find("payload"));
        json.Member("integrity_hash"u8, auditEvent.Find("integrity_hash"));
        json.Member("previous_hash"u8, auditEvent.Find("previous_hash"));
        json.Member("digital_signature"u8, auditEvent.Find("digital_signature"));
        json.EndObject();
        json.Flush();
    }
}
