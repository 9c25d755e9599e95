using System.Globalization;
using AuditHost.Intake.Mapping;

namespace AuditHost.Intake.Http.Otlp;

/// <summary>Where a log record says what the envelope wants to know, by OpenTelemetry's semantic conventions, unless the site says otherwise.</summary>
internal static class OtlpMapping
{
    /// <summary>"Severity fields" of the logs data model: 1 to 24 in six ranges of four.</summary>
    private static readonly string[] Ranges = ["Info", "Info", "Info", "Medium", "High", "Critical"];

    public static EventMapping Default { get; } = new(
        new MappedMember("event_id", "attributes.\"log.record.uid\"", "attributes.\"event.id\"", "attributes.event_id"),
        new MappedMember("timestamp", "time_unix_nano", "observed_time_unix_nano"),
        new MappedMember("event_type", "event_name", "attributes.\"event.name\"", "attributes.\"event.type\"", "attributes.event_type") { Default = "otlp" },
        new MappedMember("severity", "attributes.severity", "severity_number", "severity_text")
        {
            Values = Enumerable.Range(1, 24).ToDictionary(number => number.ToString(CultureInfo.InvariantCulture), number => Ranges[(number - 1) / 4]),
        },
        new MappedMember("source", "resource.\"service.name\"", "scope.name"),
        new MappedMember("hostname", "resource.\"host.name\""),
        new MappedMember("user", "attributes.\"user.name\"", "attributes.\"user.id\"", "attributes.\"enduser.id\"", "attributes.user"),
        new MappedMember("operation_id", "attributes.operation_id", "trace_id"),
        new MappedMember("classification", "attributes.classification"),
        new MappedMember("compliance_profiles", "attributes.compliance_profiles"));
}
