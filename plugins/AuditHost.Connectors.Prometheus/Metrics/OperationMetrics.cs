using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Metrics;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Prometheus.Metrics;

/// <summary>How long operations took and what they used, by what the events about them say.</summary>
internal sealed class OperationMetrics
{
    private const double Megabyte = 1_000_000;

    /// <summary>The buckets of the integration design, in seconds.</summary>
    private static readonly double[] EventBounds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1];

    /// <summary>The same and on to an hour: a batch job is no request.</summary>
    private static readonly double[] OperationBounds = [.. EventBounds, 5, 10, 30, 60, 300, 900, 3600];

    private readonly LabelValues _types = EventTypeLabel.Values();
    private readonly LabelValues _operations = new(MetricLimits.LabelValues, "Parse", "Validate", "Decode", "Encode", "Convert");
    private readonly HistogramFamily _eventDuration;
    private readonly HistogramFamily _duration;
    private readonly ValueFamily _throughput;
    private readonly ValueFamily _memory;
    private readonly ValueFamily _cpu;

    public OperationMetrics(FamilyNames names)
    {
        _eventDuration = new HistogramFamily(
            names.Of("audit_event_processing_duration_seconds", MetricType.Histogram, "Duration of what an event is about, by type of event."),
            EventBounds,
            ("event_type", _types));
        _throughput = new ValueFamily(
            names.Of(
                "processing_throughput_mbps", MetricType.Gauge, "processing_throughput_bytes_per_second", MetricType.Gauge,
                "Throughput of the last operation of each kind.", givenDivisor: Megabyte),
            ("operation", _operations));
        _memory = new ValueFamily(
            names.Of(
                "memory_usage_mb", MetricType.Gauge, "memory_usage_bytes", MetricType.Gauge,
                "Memory of the last operation of each kind.", givenDivisor: Megabyte),
            ("operation", _operations));
        _cpu = new ValueFamily(
            names.Of(
                "cpu_usage_percent", MetricType.Gauge, "cpu_usage_ratio", MetricType.Gauge,
                "Processor use of the last operation of each kind.", cleanDivisor: 100),
            ("operation", _operations));
        _duration = new HistogramFamily(
            names.Of("processing_duration_seconds", MetricType.Histogram, "Duration of operations that their events report, by kind of operation."),
            OperationBounds,
            ("operation", _operations));
    }

    public IEnumerable<MetricFamily> Families => [_eventDuration, _throughput, _memory, _cpu, _duration];

    public void Count(AuditEvent auditEvent, EventKind kind)
    {
        switch (kind)
        {
            case EventKind.CopybookParse:
                Duration(auditEvent, "payload.data.parsing_duration_ms", _operations.IndexOf("Parse"u8));
                break;
            case EventKind.DataValidation:
                Duration(auditEvent, "payload.data.validation_duration_ms", _operations.IndexOf("Validate"u8));
                break;
            case EventKind.DataTransformation:
                int transformation = _operations.IndexOf(auditEvent.Find("payload.data.operation"));
                Duration(auditEvent, "payload.data.processing_duration_ms", transformation);
                Gauge(_throughput, auditEvent.Find("payload.data.throughput_bytes_per_sec"), transformation);
                Gauge(_memory, auditEvent.Find("payload.data.memory_usage_mb"), transformation, Megabyte);
                break;
            case EventKind.PerformanceMeasurement:
                int measured = MeasuredOperation(auditEvent);
                Duration(auditEvent, "payload.data.metrics.latency_ms", measured);
                Gauge(_throughput, auditEvent.Find("payload.data.metrics.throughput_bytes_per_sec"), measured);
                Gauge(_memory, auditEvent.Find("payload.data.metrics.memory_usage_mb"), measured, Megabyte);
                Gauge(_cpu, auditEvent.Find("payload.data.metrics.cpu_usage_percent"), measured);
                break;
            default:
                DurationOfContext(auditEvent);
                break;
        }
    }

    /// <summary>A measurement names its operation in the metadata at best; otherwise the kind of measurement stands for it.</summary>
    private int MeasuredOperation(AuditEvent auditEvent)
    {
        EventValue operation = auditEvent.Find("context.metadata.operation");
        return _operations.IndexOf(operation.HasValue ? operation : auditEvent.Find("payload.data.measurement_type"));
    }

    private void Duration(AuditEvent auditEvent, string path, int operation)
    {
        if (!TryRead(auditEvent.Find(path), out double milliseconds))
        {
            DurationOfContext(auditEvent);
            return;
        }

        _duration.Observe(milliseconds / 1000, operation);
        _eventDuration.Observe(milliseconds / 1000, _types.IndexOf(auditEvent.Type));
    }

    /// <summary>Events without a duration of their own: from the beginning of the operation to the event.</summary>
    private void DurationOfContext(AuditEvent auditEvent)
    {
        if (auditEvent.Timestamp.HasValue && EventTime.TryRead(auditEvent.Find("context.started_at"), out long started) && auditEvent.Time.UtcTicks >= started)
            _eventDuration.Observe((auditEvent.Time.UtcTicks - started) / (double)TimeSpan.TicksPerSecond, _types.IndexOf(auditEvent.Type));
    }

    private static void Gauge(ValueFamily family, EventValue value, int operation, double factor = 1)
    {
        if (TryRead(value, out double number))
            family.Set(number * factor, operation);
    }

    private static bool TryRead(EventValue value, out double number) =>
        value.TryGetDouble(out number) && double.IsFinite(number) && number >= 0;
}
