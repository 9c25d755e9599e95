using AuditHost.PluginKit.Events;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog.Metrics;

/// <summary>What an event of copybook-rs tells about an operation: each type has it under other names.</summary>
internal static class OperationFigures
{
    private const double Megabyte = 1_000_000;

    /// <summary>The kind of operation; missing where the event tells of none. Its id, which is another one for each run, is no tag.</summary>
    public static EventValue Operation(AuditEvent auditEvent, EventKind kind)
    {
        switch (kind)
        {
            case EventKind.CopybookParse:
                return new EventValue(EventValueKind.String, "Parse"u8);
            case EventKind.DataValidation:
                return new EventValue(EventValueKind.String, "Validate"u8);
            case EventKind.DataTransformation:
                return auditEvent.Find("payload.data.operation");
            default:
                EventValue named = auditEvent.Find("context.metadata.operation");
                return named.HasValue || kind != EventKind.PerformanceMeasurement ? named : auditEvent.Find("payload.data.measurement_type");
        }
    }

    /// <summary>How long the operation took, in milliseconds.</summary>
    public static bool TryReadDuration(AuditEvent auditEvent, EventKind kind, out double milliseconds)
    {
        string? path = kind switch
        {
            EventKind.CopybookParse => "payload.data.parsing_duration_ms",
            EventKind.DataValidation => "payload.data.validation_duration_ms",
            EventKind.DataTransformation => "payload.data.processing_duration_ms",
            EventKind.PerformanceMeasurement => "payload.data.metrics.latency_ms",
            _ => null,
        };
        milliseconds = 0;
        return path is not null && TryRead(auditEvent, path, out milliseconds);
    }

    /// <summary>In 1,000,000 bytes a second.</summary>
    public static bool TryReadThroughput(AuditEvent auditEvent, EventKind kind, out double megabytes)
    {
        bool read = TryRead(auditEvent, kind, "payload.data.throughput_bytes_per_sec", "payload.data.metrics.throughput_bytes_per_sec", out double bytes);
        megabytes = bytes / Megabyte;
        return read;
    }

    public static bool TryReadMemory(AuditEvent auditEvent, EventKind kind, out double megabytes) =>
        TryRead(auditEvent, kind, "payload.data.memory_usage_mb", "payload.data.metrics.memory_usage_mb", out megabytes);

    public static bool TryReadProcessor(AuditEvent auditEvent, EventKind kind, out double percent)
    {
        percent = 0;
        return kind == EventKind.PerformanceMeasurement && TryRead(auditEvent, "payload.data.metrics.cpu_usage_percent", out percent);
    }

    private static bool TryRead(AuditEvent auditEvent, EventKind kind, string transformation, string measurement, out double number)
    {
        number = 0;
        return kind switch
        {
            EventKind.DataTransformation => TryRead(auditEvent, transformation, out number),
            EventKind.PerformanceMeasurement => TryRead(auditEvent, measurement, out number),
            _ => false,
        };
    }

    private static bool TryRead(AuditEvent auditEvent, string path, out double number) =>
        auditEvent.Find(path).TryGetDouble(out number) && double.IsFinite(number) && number >= 0;
}
