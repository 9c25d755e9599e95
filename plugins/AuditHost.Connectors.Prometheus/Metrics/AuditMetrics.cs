using AuditHost.PluginKit.Events;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Prometheus.Metrics;

/// <summary>
/// What events say, counted. Counting takes one batch at a time; a scrape may read beside it. The families are listed in the plugin's page.
/// </summary>
internal sealed class AuditMetrics
{
    /// <summary>As many as the connector takes at a time.</summary>
    public const int MaxBatchEvents = 10_000;

    private readonly Lock _lock = new();
    private readonly CountedEvents _counted = new(2 * MaxBatchEvents);
    private readonly ValueFamily _events;
    private readonly OperationMetrics _operations;
    private readonly ComplianceMetrics _compliance;
    private readonly SecurityMetrics _security;
    private readonly MetricFamily[] _families;

    public AuditMetrics(FamilyNames names)
    {
        _events = new ValueFamily(
            names.Of("audit_events_total", MetricType.Counter, "Audit events by type and severity."),
            ("event_type", EventTypeLabel.Values()),
            ("severity", SeverityLabel.Values(MetricLimits.LabelValues)));
        _operations = new OperationMetrics(names);
        _compliance = new ComplianceMetrics(names);
        _security = new SecurityMetrics(names);
        _families = [_events, .. _operations.Families, .. _compliance.Families, .. _security.Families];
    }

    /// <summary>Whether an event has reported that integrity was violated.</summary>
    public bool IntegrityViolated => _security.IntegrityViolated;

    /// <summary>Counts the events of a batch that are not counted yet.</summary>
    /// <returns>Whether there are any that are to be counted. A test event has no place in the journal, and is none.</returns>
    public bool Count(EventBatch batch)
    {
        bool any = false;
        lock (_lock)
        {
            for (int index = 0; index < batch.Count; index++)
            {
                AuditEvent auditEvent = batch[index].Event;
                if (auditEvent.Sequence == 0)
                    continue;
                any = true;
                if (_counted.TryAdd(auditEvent.Sequence))
                    Count(auditEvent);
            }
        }

        return any;
    }

    public void WriteTo(IMetricsWriter writer)
    {
        lock (_lock)
        {
            foreach (MetricFamily family in _families)
                family.WriteTo(writer);
        }
    }

    private void Count(AuditEvent auditEvent)
    {
        _events.Add(1, _events.Values(0).IndexOf(auditEvent.Type), (int)auditEvent.Severity);
        EventKind kind = EventKinds.Of(auditEvent.Type);
        _operations.Count(auditEvent, kind);
        _compliance.Count(auditEvent, kind);
        _security.Count(auditEvent, kind);
    }
}
