using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog.Metrics;

/// <summary>
/// The metrics of the integration design, of one batch at a time: whoever counts and writes holds <see cref="Lock"/> until it has written. What a batch
/// leaves behind is only which tag values there have been.
/// </summary>
internal sealed class AuditMetrics
{
    private readonly TagValues _operations = new("operation", "none");
    private readonly TagValues _types = new("event_type");

    // The five words, unknown and other.
    private readonly TagValues _severities = new("severity", limit: 7);
    private readonly TagValues _profiles = new("profile");
    private readonly TagValues _classifications = new("classification");
    private readonly TagValues _users = new("user", "system");
    private readonly SeriesFamily _events;
    private readonly SeriesFamily _compliance;
    private readonly SeriesFamily _security;
    private readonly SeriesFamily _throughput;
    private readonly SeriesFamily _memory;
    private readonly SeriesFamily _processor;
    private readonly SeriesFamily[] _families;

    public AuditMetrics(string prefix)
    {
        _events = new SeriesFamily($"{prefix}.audit.events", MetricType.Count, _types, _severities, _operations);
        _compliance = new SeriesFamily($"{prefix}.audit.compliance_events", MetricType.Count, _profiles, _classifications);
        _security = new SeriesFamily($"{prefix}.audit.security_events", MetricType.Count, _classifications, _users);
        _throughput = new SeriesFamily($"{prefix}.performance.throughput_mbps", MetricType.Gauge, _operations);
        _memory = new SeriesFamily($"{prefix}.performance.memory_mb", MetricType.Gauge, _operations);
        _processor = new SeriesFamily($"{prefix}.performance.cpu_percent", MetricType.Gauge, _operations);
        _families = [_events, _compliance, _security, _throughput, _memory, _processor];
        Durations = new DurationFamily($"{prefix}.performance.duration_ms", _operations);
    }

    public Lock Lock { get; } = new();

    public ReadOnlySpan<SeriesFamily> Families => _families;

    public DurationFamily Durations { get; }

    /// <summary>Counts what goes as series, of the events that an intake has not taken.</summary>
    /// <returns>How many events that were.</returns>
    public int CountSeries(BatchProgress progress, Intakes intake)
    {
        foreach (SeriesFamily family in Families)
            family.Clear();
        int count = 0;
        for (int index = 0; index < progress.Batch.Count; index++)
        {
            if (!progress.Needs(index, intake))
                continue;
            Count(progress.Batch[index].Event);
            count++;
        }

        return count;
    }

    /// <summary>Collects the durations of the events that an intake has not taken.</summary>
    public void CollectDurations(BatchProgress progress, Intakes intake)
    {
        Durations.Clear();
        for (int index = 0; index < progress.Batch.Count; index++)
        {
            if (!progress.Needs(index, intake))
                continue;
            AuditEvent auditEvent = progress.Batch[index].Event;
            EventKind kind = EventKinds.Of(auditEvent.Type);
            if (OperationFigures.TryReadDuration(auditEvent, kind, out double milliseconds))
                Durations.Add(milliseconds, _operations.NumberOf(OperationFigures.Operation(auditEvent, kind)));
        }
    }

    private void Count(AuditEvent auditEvent)
    {
        EventKind kind = EventKinds.Of(auditEvent.Type);
        int operation = _operations.NumberOf(OperationFigures.Operation(auditEvent, kind));
        _events.Add(1, _types.NumberOf(auditEvent.Type), _severities.NumberOf(SeverityName.Of(auditEvent.Severity)), operation);
        CountProfiles(auditEvent);

        // The design's code counts every event here, which is the number of events once more; its words mean those of security.
        if (kind == EventKind.SecurityEvent)
            _security.Add(1, _classifications.NumberOf(auditEvent.Classification), _users.NumberOf(auditEvent.User));
        if (OperationFigures.TryReadThroughput(auditEvent, kind, out double throughput))
            _throughput.Set(throughput, operation);
        if (OperationFigures.TryReadMemory(auditEvent, kind, out double memory))
            _memory.Set(memory, operation);
        if (OperationFigures.TryReadProcessor(auditEvent, kind, out double percent))
            _processor.Set(percent, operation);
    }

    /// <summary>An event under several regimes counts for each, and once for one that stands there twice.</summary>
    private void CountProfiles(AuditEvent auditEvent)
    {
        EventValue profiles = auditEvent.ComplianceProfiles;
        if (profiles.Kind == EventValueKind.String && !profiles.Raw.IsEmpty)
        {
            _compliance.Add(1, _profiles.NumberOf(profiles), _classifications.NumberOf(auditEvent.Classification));
            return;
        }

        // Most events of other producers are under none.
        if (profiles.Kind != EventValueKind.Array || profiles.Raw.Length <= 2)
            return;
        ulong seen = 0;
        var texts = new JsonTexts(profiles.Raw);
        while (texts.MoveNext())
        {
            int profile = _profiles.NumberOf(texts.Value);
            if ((seen & (1UL << profile)) == 0)
                _compliance.Add(1, profile, _classifications.NumberOf(auditEvent.Classification));
            seen |= 1UL << profile;
        }
    }
}
