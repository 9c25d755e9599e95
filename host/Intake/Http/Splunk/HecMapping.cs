using AuditHost.Intake.Mapping;

namespace AuditHost.Intake.Http.Splunk;

/// <summary>Where an event of the collector says what the envelope wants to know, unless the site says otherwise.</summary>
internal static class HecMapping
{
    public static EventMapping Default { get; } = new(
        new MappedMember("event_id", "event.event_id", "event.eventId", "event.audit_event_id", "event.id"),
        new MappedMember("timestamp", "time", "event.timestamp", "event.time"),
        new MappedMember("event_type", "event.event_type", "event.eventType", "event.type", "sourcetype") { Default = "splunk_hec" },
        new MappedMember("severity", "event.severity", "event.level", "fields.severity"),
        new MappedMember("source", "source", "event.source"),
        new MappedMember("hostname", "host", "event.hostname", "event.host", "event.context.environment.hostname"),
        new MappedMember("user", "event.user", "event.actor", "event.context.user"),
        new MappedMember("operation_id", "event.operation_id", "event.context.operation_id"),
        new MappedMember("classification", "event.classification", "event.context.security.classification"),
        new MappedMember("compliance_profiles", "event.compliance_profiles", "event.context.compliance_profiles"));
}
