using System.Text.Json;
using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Metrics;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Prometheus.Metrics;

/// <summary>Security events, the kinds of resources they affect, and the classification of the data that events are about.</summary>
internal sealed class SecurityMetrics
{
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = int.MaxValue };

    private readonly LabelValues _types = new(
        MetricLimits.LabelValues, "UnauthorizedAccess", "AuthenticationFailure", "AuthorizationFailure", "DataBreach", "IntegrityViolation",
        "ConfigurationTampering", "SuspiciousActivity");
    private readonly LabelValues _severities = SeverityLabel.Values(MetricLimits.LabelValues);
    private readonly LabelValues _resources = new(MetricLimits.LabelValues);
    private readonly LabelValues _classifications = new(MetricLimits.LabelValues, "Public", "Internal", "Confidential", "MaterialTransaction", "PHI");
    private readonly ValueFamily _events;
    private readonly ValueFamily _affected;
    private readonly ValueFamily _classified;

    public SecurityMetrics(FamilyNames names)
    {
        _events = new ValueFamily(
            names.Of("security_events_total", MetricType.Counter, "Security events by kind and by the severity in their payload."),
            ("security_event_type", _types),
            ("severity", _severities));
        _affected = new ValueFamily(
            names.Of(
                "security_affected_resources", MetricType.Unknown, "security_resources_affected_total", MetricType.Counter,
                "Resources that security events name as affected, by kind of resource."),
            ("resource_type", _resources));
        _classified = new ValueFamily(
            names.Of(
                "security_classification_events", MetricType.Unknown, "security_classified_events_total", MetricType.Counter,
                "Events by the classification of the data they are about."),
            ("classification", _classifications));
    }

    public IEnumerable<MetricFamily> Families => [_events, _affected, _classified];

    /// <summary>Whether an event has reported that integrity was violated. It stays so until the connector starts anew.</summary>
    public bool IntegrityViolated { get; private set; }

    public void Count(AuditEvent auditEvent, EventKind kind)
    {
        EventValue classification = auditEvent.Classification;
        if (classification.HasValue)
            _classified.Add(1, _classifications.IndexOf(classification));
        if (kind != EventKind.SecurityEvent)
            return;
        EventValue type = auditEvent.Find("payload.data.security_event_type");
        EventValue severity = auditEvent.Find("payload.data.severity");
        IntegrityViolated |= type.Equals("IntegrityViolation"u8);
        _events.Add(1, _types.IndexOf(type), severity.HasValue ? SeverityLabel.IndexOf(_severities, severity) : (int)auditEvent.Severity);
        CountResources(auditEvent.Find("payload.data.affected_resources"));
    }

    /// <summary>Only what stands before the colon of <c>kind:name</c>: names are without number, and secret at times.</summary>
    private void CountResources(EventValue resources)
    {
        if (resources.Kind != EventValueKind.Array)
            return;
        var reader = new Utf8JsonReader(resources.Raw, Deep);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            ReadOnlySpan<byte> kind = default;
            if (reader.TokenType == JsonTokenType.String)
                kind = reader.ValueSpan[..Math.Max(0, reader.ValueSpan.IndexOf((byte)':'))];
            else
                reader.Skip();
            _affected.Add(1, _resources.IndexOf(new EventValue(EventValueKind.String, kind)));
        }
    }
}
