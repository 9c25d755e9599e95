using AuditHost.PluginKit.Events;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Prometheus.Metrics;

/// <summary>
/// What events say, counted. Counting takes one batch at a time; a scrape may read beside it. The families are listed in the plugin's page.
/// </summary>
internal sealed class AuditMetrics
{
    private readonly Lock _lock = new();
    private readonly ValueFamily _events;
    private readonly OperationMetrics _operations;
    private readonly ComplianceMetrics _compliance;
    private readonly SecurityMetrics _security;
    private readonly MetricFamily[] _families;
    private ulong _counted;

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

    /// <summary>
    /// Counts the events of a batch. One that comes again has a sequence number that was counted already: batches come one at a time and in
    /// the order of the journal.
    /// </summary>
    public void Count(EventBatch batch)
    {
        lock (_lock)
        {
            for (int index = 0; index < batch.Count; index++)
            {
                AuditEvent auditEvent = batch[index].Event;
                ulong sequence = auditEvent.Sequence;
                if (sequence <= _counted)
                    continue;
                _counted = sequence;
                Count(auditEvent);
            }
        }
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
