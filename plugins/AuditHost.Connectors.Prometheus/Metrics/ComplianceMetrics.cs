using System.Text.Json;
using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Metrics;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Prometheus.Metrics;

/// <summary>Events under compliance regimes, and the violations that checks found.</summary>
internal sealed class ComplianceMetrics
{
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = int.MaxValue };

    private readonly LabelValues _profiles = new(MetricLimits.LabelValues, "SOX", "HIPAA", "GDPR", "PciDss");
    private readonly LabelValues _regulations = new(MetricLimits.LabelValues);
    private readonly LabelValues _severities = SeverityLabel.Values(MetricLimits.LabelValues);
    private readonly LabelValues _impacts = SeverityLabel.Values(MetricLimits.LabelValues);
    private readonly ValueFamily _events;
    private readonly ValueFamily _violations;
    private readonly ValueFamily _byImpact;

    public ComplianceMetrics(FamilyNames names)
    {
        _events = new ValueFamily(
            names.Of("compliance_events_total", MetricType.Counter, "Events under a compliance regime; one under several counts for each."), ("profile", _profiles));
        _violations = new ValueFamily(
            names.Of("compliance_violations_total", MetricType.Counter, "Violations that compliance checks found."),
            ("regulation", _regulations),
            ("severity", _severities));
        _byImpact = new ValueFamily(
            names.Of(
                "compliance_violations_by_impact", MetricType.Unknown, "compliance_violations_impact_total", MetricType.Counter,
                "Violations that compliance checks found, by impact."),
            ("impact", _impacts));
    }

    public IEnumerable<MetricFamily> Families => [_events, _violations, _byImpact];

    public void Count(AuditEvent auditEvent, EventKind kind)
    {
        bool hasProfile = CountProfiles(auditEvent.ComplianceProfiles);
        if (kind != EventKind.ComplianceCheck)
            return;
        if (!hasProfile)
            CountFramework(auditEvent.Find("payload.data.compliance_framework"));
        CountViolations(auditEvent.Find("payload.data.violations"));
    }

    /// <summary>Profiles may stand in the list twice; an event counts once for each.</summary>
    private bool CountProfiles(EventValue profiles)
    {
        if (profiles.Kind == EventValueKind.String)
        {
            _events.Add(1, _profiles.IndexOf(profiles));
            return true;
        }

        // Most events are under none.
        if (profiles.Kind != EventValueKind.Array || profiles.Raw.Length <= 2)
            return false;
        var reader = new Utf8JsonReader(profiles.Raw, Deep);
        reader.Read();
        ulong seen = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
                CountOnce(_profiles.IndexOf(new EventValue(EventValueKind.String, reader.ValueSpan)), ref seen);
            else
                reader.Skip();
        }

        return seen != 0;
    }

    /// <summary>copybook-rs joins the names of several frameworks by a comma.</summary>
    private void CountFramework(EventValue framework)
    {
        if (framework.Kind != EventValueKind.String || framework.Raw.IsEmpty)
            return;
        ulong seen = 0;
        foreach (Range range in framework.Raw.Split((byte)','))
            CountOnce(_profiles.IndexOf(new EventValue(EventValueKind.String, framework.Raw[range].Trim((byte)' '))), ref seen);
    }

    private void CountOnce(int profile, ref ulong seen)
    {
        if ((seen & (1UL << profile)) == 0)
            _events.Add(1, profile);
        seen |= 1UL << profile;
    }

    private void CountViolations(EventValue violations)
    {
        if (violations.Kind != EventValueKind.Array)
            return;
        var reader = new Utf8JsonReader(violations.Raw, Deep);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                CountViolation(ref reader);
            else
                reader.Skip();
        }
    }

    private void CountViolation(ref Utf8JsonReader reader)
    {
        EventValue regulation = default, severity = default, impact = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int member = reader.ValueTextEquals("regulation"u8) ? 1 : reader.ValueTextEquals("severity"u8) ? 2 : reader.ValueTextEquals("impact"u8) ? 3 : 0;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                reader.Skip();
                continue;
            }

            var value = new EventValue(EventValueKind.String, reader.ValueSpan);
            if (member == 1)
                regulation = value;
            else if (member == 2)
                severity = value;
            else if (member == 3)
                impact = value;
        }

        _violations.Add(1, _regulations.IndexOf(regulation), SeverityLabel.IndexOf(_severities, severity));
        _byImpact.Add(1, SeverityLabel.IndexOf(_impacts, impact.HasValue ? impact : severity));
    }
}
