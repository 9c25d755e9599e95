namespace AuditHost.Plugins.Tests.Prometheus;

/// <summary>Events as copybook-rs writes them, with what the metrics are made of.</summary>
internal static class PrometheusEvents
{
    public const string Parse =
        """{"event_id":"e","timestamp":"2026-03-31T06:52:12.118204500Z","event_type":"CopybookParse","severity":"Low","context":{"started_at":"2026-03-31T06:52:11+00:00","security":{"classification":"Internal"},"compliance_profiles":["SOX"]},"payload":{"type":"CopybookParse","data":{"parse_result":"Success","parsing_duration_ms":12}}}""";

    public const string Validation =
        """{"event_id":"e","timestamp":"2026-03-31T06:52:12Z","event_type":"DataValidation","severity":"Medium","payload":{"type":"DataValidation","data":{"validation_result":"Invalid","validation_duration_ms":845}}}""";

    public const string Transformation =
        """{"event_id":"e","timestamp":"2026-03-31T06:52:12Z","event_type":"DataTransformation","severity":"Info","payload":{"type":"DataTransformation","data":{"operation":"Decode","processing_duration_ms":2400,"throughput_bytes_per_sec":45000000,"memory_usage_mb":256}}}""";

    public const string Measurement =
        """{"event_id":"e","timestamp":"2026-03-31T06:52:12Z","event_type":"PerformanceMeasurement","severity":"Info","context":{"metadata":{"operation":"nightly"}},"payload":{"type":"PerformanceMeasurement","data":{"measurement_type":"Throughput","metrics":{"throughput_bytes_per_sec":80500000,"latency_ms":5,"cpu_usage_percent":45.5,"memory_usage_mb":64,"io_operations":7}}}}""";

    public const string Check =
        """{"event_id":"e","timestamp":"2026-03-31T06:52:12Z","event_type":"ComplianceCheck","severity":"High","context":{"compliance_profiles":["SOX","HIPAA","SOX"]},"payload":{"type":"ComplianceCheck","data":{"compliance_framework":"SOX, HIPAA","violations":[{"violation_id":"SOX-302-001","regulation":"SOX 302","severity":"High"},{"violation_id":"HIPAA-TECH-001","regulation":"HIPAA 164.312","severity":"critical","details":{"a":[1,2]}},{"violation_id":"SOX-302-002","regulation":"SOX 302","severity":"High","impact":"Financial"}]}}}""";

    public const string Security =
        """{"event_id":"e","timestamp":"2026-03-31T06:52:12Z","event_type":"SecurityEvent","severity":"High","context":{"security":{"classification":"PHI"}},"payload":{"type":"SecurityEvent","data":{"security_event_type":"DataBreach","severity":"critical","affected_resources":["dataset:PATIENT.MASTER","dataset:ACCOUNTS","host:cbproc-01","nameless"]}}}""";

    /// <summary>An event without a payload.</summary>
    public static string Of(string type, string severity = "Info") => $$"""{"event_id":"e","timestamp":"2026-03-31T06:52:12Z","event_type":"{{type}}","severity":"{{severity}}"}""";
}
