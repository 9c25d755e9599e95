using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Leef;

/// <summary>What one type of event is called in LEEF, and which attributes it has besides those that all have.</summary>
/// <param name="type">The event's type.</param>
/// <param name="eventId">LEEF's EventID: static and never translated, since QRadar maps it to its own.</param>
/// <param name="category">Where the value of <c>cat</c> stands, which with EventID decides about the mapping: a closed set of words.</param>
/// <param name="predefined">Attributes whose keys LEEF defines; they come early.</param>
/// <param name="details">Attributes whose keys are our own; they come late and go first where room is short.</param>
internal sealed class LeefEventClass(string type, string eventId, string category, LeefField[] predefined, LeefField[] details)
{
    private static readonly LeefField User = new("usrName", "context.user", limit: LeefLimits.Name);
    private static readonly LeefField SourceAddress = new("src", "context.security.network.source_ip", LeefFieldKind.Address);

    private static readonly LeefEventClass[] Known =
    [
        new("CopybookParse", "COPYBOOK_PARSE", "payload.data.parse_result",
            [User, SourceAddress, new("resource", "payload.data.copybook_path")],
            [new("fieldCount", "payload.data.field_count"), new("errorCount", "payload.data.error_count"), new("schemaFingerprint", "payload.data.schema_fingerprint"),
             new("warnings", "payload.data.warnings", LeefFieldKind.List)]),
        new("DataValidation", "DATA_VALIDATION", "payload.data.validation_result",
            [User, SourceAddress, new("resource", "payload.data.input_file")],
            [new("recordsValidated", "payload.data.records_validated"), new("errorsFound", "payload.data.errors_found"),
             new("validationRules", "payload.data.validation_rules", LeefFieldKind.List)]),
        new("DataTransformation", "DATA_TRANSFORMATION", "payload.data.transformation_result",
            [User, SourceAddress, new("resource", "payload.data.input_file")],
            [new("transformation", "payload.data.operation"), new("recordsProcessed", "payload.data.records_processed"),
             new("bytesProcessed", "payload.data.bytes_processed"), new("outputFile", "payload.data.output_file")]),
        new("PerformanceMeasurement", "PERFORMANCE_MEASUREMENT", "payload.data.comparison_result",
            [User, SourceAddress],
            [new("measurementType", "payload.data.measurement_type"), new("regressionDetected", "payload.data.regression_detected"),
             new("throughputBytesPerSec", "payload.data.metrics.throughput_bytes_per_sec"), new("latencyMs", "payload.data.metrics.latency_ms"),
             new("baselineId", "payload.data.baseline_id")]),
        new("ComplianceCheck", "COMPLIANCE_CHECK", "payload.data.validation_result",
            [User, SourceAddress, new("policy", "payload.data.compliance_framework")],
            [new("violationCount", "payload.data.violations", LeefFieldKind.Count), new("remediationRequired", "payload.data.remediation_required"),
             new("nextReviewDate", "payload.data.next_review_date")]),
        new("SecurityEvent", "SECURITY_EVENT", "payload.data.security_event_type",
            [User, SourceAddress, new("resource", "payload.data.affected_resources", LeefFieldKind.List)],
            [new("findingSeverity", "payload.data.severity"), new("incidentId", "payload.data.incident_id"),
             new("threatIndicators", "payload.data.threat_indicators", LeefFieldKind.List), new("remediationActions", "payload.data.remediation_actions", LeefFieldKind.List)]),
        new("LineageTracking", "LINEAGE_TRACKING", "payload.data.impact_assessment.risk_level",
            [User, SourceAddress, new("resource", "payload.data.target_system")],
            [new("sourceSystem", "payload.data.source_system"), new("qualityScore", "payload.data.quality_score"),
             new("mappingCount", "payload.data.field_mappings", LeefFieldKind.Count)]),
        new("ErrorEvent", "ERROR_EVENT", "payload.data.error_category",
            [User, SourceAddress],
            [new("errorCode", "payload.data.error_code"), new("userImpact", "payload.data.user_impact"), new("errorMessage", "payload.data.error_message"),
             new("recoveryActions", "payload.data.recovery_actions", LeefFieldKind.List)]),
        new("AccessEvent", "ACCESS_EVENT", "payload.data.access_result",
            [new("usrName", "payload.data.user_id", limit: LeefLimits.Name), new("src", "payload.data.source_ip", LeefFieldKind.Address), new("resource", "payload.data.resource_id")],
            [new("accessType", "payload.data.access_type"), new("resourceType", "payload.data.resource_type"), new("operatorName", "context.user", limit: LeefLimits.Name),
             new("sessionId", "payload.data.session_id"), new("userAgent", "payload.data.user_agent")]),
        new("ConfigurationChange", "CONFIGURATION_CHANGE", "payload.data.change_type",
            [User, SourceAddress, new("resource", "payload.data.component")],
            [new("approvedBy", "payload.data.approved_by"), new("changeReason", "payload.data.change_reason"),
             new("newConfiguration", "payload.data.new_configuration"), new("oldConfiguration", "payload.data.old_configuration")]),
    ];

    private readonly byte[] _type = Encoding.UTF8.GetBytes(type);

    /// <summary>What holds for a type that is not known here; it is its own EventID.</summary>
    public static LeefEventClass Other { get; } = new(string.Empty, string.Empty, "payload.category", [User, SourceAddress], []);

    /// <summary>The known ones, for tests.</summary>
    internal static IReadOnlyList<LeefEventClass> All => Known;

    /// <summary>The EventID in bytes.</summary>
    public byte[] EventId { get; } = Encoding.UTF8.GetBytes(eventId);

    public string Category { get; } = category;

    public LeefField[] Predefined { get; } = predefined;

    public LeefField[] Details { get; } = details;

    /// <summary>The class of a type.</summary>
    public static LeefEventClass Find(EventValue type)
    {
        foreach (LeefEventClass known in Known)
        {
            if (type.Equals(known._type))
                return known;
        }

        return Other;
    }
}
