using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.NewRelic;

/// <summary>
/// What events add to metrics: the metrics of the integration design. The design counts security events by user, too, and counts every event among
/// them; here only those of that type count, and by kind, since users are without number.
/// </summary>
internal sealed class EventFigures
{
    /// <summary>More than any machine has or does; a figure beyond is a mistake, and one that New Relic could not hold drops its request's block.</summary>
    private const double Largest = 1e15;

    private readonly MetricName _events;
    private readonly MetricName _compliance;
    private readonly MetricName _security;
    private readonly MetricName _duration;
    private readonly MetricName _throughput;
    private readonly MetricName _memory;
    private readonly MetricName _cpu;
    private readonly BoundedValues _types = new();
    private readonly BoundedValues _profiles = new();
    private readonly BoundedValues _classifications = new();
    private readonly BoundedValues _securityTypes = new();

    public EventFigures(string prefix)
    {
        string start = prefix.Length == 0 ? string.Empty : $"{prefix.TrimEnd('.')}.";
        _events = new MetricName($"{start}audit.events", isCount: true);
        _compliance = new MetricName($"{start}audit.compliance_events", isCount: true);
        _security = new MetricName($"{start}audit.security_events", isCount: true);
        _duration = new MetricName($"{start}performance.duration_ms", isCount: false);
        _throughput = new MetricName($"{start}performance.throughput_mbps", isCount: false);
        _memory = new MetricName($"{start}performance.memory_mb", isCount: false);
        _cpu = new MetricName($"{start}performance.cpu_percent", isCount: false);
    }

    public IEnumerable<string> Names => new[] { _events, _compliance, _security, _duration, _throughput, _memory, _cpu }.Select(name => name.Text);

    /// <summary>Adds what one event says.</summary>
    /// <param name="auditEvent">The event.</param>
    /// <param name="isLate">Whether New Relic would not take its time.</param>
    /// <param name="head">Where heads are put together.</param>
    /// <param name="points">Where the figures go.</param>
    public void Add(AuditEvent auditEvent, bool isLate, PooledBuffer head, MetricPoints points)
    {
        long? minute = isLate ? null : MinuteOf(auditEvent.Time);
        ReadOnlySpan<byte> type = _types[_types.IndexOf(auditEvent.Type)];
        Add(_events, minute, "event_type"u8, type, "severity"u8, SeverityName.Of(auditEvent.Severity), 1, head, points);
        ReadOnlySpan<byte> classification = _classifications[_classifications.IndexOf(auditEvent.Classification)];
        AddProfiles(auditEvent.ComplianceProfiles, minute, classification, head, points);
        if (auditEvent.Type.Equals("SecurityEvent"u8))
        {
            ReadOnlySpan<byte> kind = _securityTypes[_securityTypes.IndexOf(auditEvent.Find("payload.data.security_event_type"))];
            Add(_security, minute, "security_event_type"u8, kind, "classification"u8, classification, 1, head, points);
        }

        AddFigures(auditEvent, minute, type, head, points);
    }

    /// <summary>An event under several regimes counts for each, and once where one stands there twice.</summary>
    private void AddProfiles(EventValue profiles, long? minute, ReadOnlySpan<byte> classification, PooledBuffer head, MetricPoints points)
    {
        if (profiles.Kind != EventValueKind.Array)
            return;
        ulong seen = 0;
        var texts = new JsonTexts(profiles.Raw);
        while (texts.MoveNext())
        {
            int profile = _profiles.IndexOf(texts.Value);
            if ((seen & (1UL << profile)) == 0)
                Add(_compliance, minute, "profile"u8, _profiles[profile], "classification"u8, classification, 1, head, points);
            seen |= 1UL << profile;
        }
    }

    private void AddFigures(AuditEvent auditEvent, long? minute, ReadOnlySpan<byte> type, PooledBuffer head, MetricPoints points)
    {
        if (auditEvent.Type.Equals("CopybookParse"u8))
        {
            AddFigure(_duration, auditEvent.Find("payload.data.parsing_duration_ms"), 1, minute, type, head, points);
        }
        else if (auditEvent.Type.Equals("DataValidation"u8))
        {
            AddFigure(_duration, auditEvent.Find("payload.data.validation_duration_ms"), 1, minute, type, head, points);
        }
        else if (auditEvent.Type.Equals("DataTransformation"u8))
        {
            AddFigure(_duration, auditEvent.Find("payload.data.processing_duration_ms"), 1, minute, type, head, points);
            AddFigure(_throughput, auditEvent.Find("payload.data.throughput_bytes_per_sec"), 1_000_000, minute, type, head, points);
            AddFigure(_memory, auditEvent.Find("payload.data.memory_usage_mb"), 1, minute, type, head, points);
        }
        else if (auditEvent.Type.Equals("PerformanceMeasurement"u8))
        {
            AddFigure(_duration, auditEvent.Find("payload.data.metrics.latency_ms"), 1, minute, type, head, points);
            AddFigure(_throughput, auditEvent.Find("payload.data.metrics.throughput_bytes_per_sec"), 1_000_000, minute, type, head, points);
            AddFigure(_memory, auditEvent.Find("payload.data.metrics.memory_usage_mb"), 1, minute, type, head, points);
            AddFigure(_cpu, auditEvent.Find("payload.data.metrics.cpu_usage_percent"), 1, minute, type, head, points);
        }
    }

    private static void AddFigure(
        MetricName name, EventValue value, double divisor, long? minute, ReadOnlySpan<byte> type, PooledBuffer head, MetricPoints points)
    {
        if (value.Kind == EventValueKind.Number && value.TryGetDouble(out double figure) && figure is >= 0 and < Largest)
            Add(name, minute, "event_type"u8, type, default, default, figure / divisor, head, points);
    }

    private static void Add(
        MetricName name, long? minute, ReadOnlySpan<byte> firstName, ReadOnlySpan<byte> first, ReadOnlySpan<byte> secondName, ReadOnlySpan<byte> second,
        double value, PooledBuffer head, MetricPoints points)
    {
        head.Clear();
        var json = new JsonWriter(head);
        json.Literal(name.Members);
        if (minute is { } start)
        {
            json.Name("timestamp"u8);
            json.Number(start);
        }

        json.Name("attributes"u8);
        json.BeginObject();
        json.Member(firstName, first);
        json.Member(secondName, second);
        json.EndObject();
        json.Flush();
        points.Add(head.Written.Span, name.IsCount, minute is null, value);
    }

    private static long MinuteOf(DateTimeOffset time)
    {
        long milliseconds = time.ToUnixTimeMilliseconds();
        return milliseconds - (milliseconds % 60_000);
    }
}
