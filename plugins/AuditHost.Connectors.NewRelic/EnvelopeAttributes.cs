using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.NewRelic;

/// <summary>
/// What every log, event and span of an event has. Names are those of OpenTelemetry's semantic conventions where there is one, and
/// <c>audit.*</c> where not; the same ones as the <c>otlp</c> connector's.
/// </summary>
internal static class EnvelopeAttributes
{
    private static readonly (string Name, EventField Field)[] Usual =
    [
        ("event.id", static auditEvent => auditEvent.Id),
        ("event.type", static auditEvent => auditEvent.Type),
        ("event.time", static auditEvent => auditEvent.Timestamp),
        ("event.source", static auditEvent => auditEvent.Source),
        ("user.name", static auditEvent => auditEvent.User),
        ("host.name", static auditEvent => auditEvent.Host),
        ("audit.operation_id", static auditEvent => auditEvent.Operation),
        ("audit.classification", static auditEvent => auditEvent.Classification),
        ("audit.compliance_profiles", static auditEvent => auditEvent.ComplianceProfiles),
    ];

    /// <summary>The usual ones and those of the settings; of two with one name the settings' own.</summary>
    /// <exception cref="SettingsException">A name or a path cannot be one.</exception>
    public static EnvelopeAttribute[] Of(NewRelicSettings settings)
    {
        IReadOnlyDictionary<string, string> further = settings.Attributes;
        foreach ((string name, string path) in further)
        {
            AttributeName.Check("attributes", name);
            if (string.IsNullOrWhiteSpace(path))
                throw new SettingsException($"attributes.{name}", "Has no path. Give it one, for instance context.metadata.session_id");
            if (settings.CommonAttributes.ContainsKey(name))
                throw new SettingsException($"attributes.{name}", "Stands in common_attributes, too. Remove it from one of the two");
        }

        return
        [
            .. Usual.Where(usual => !further.ContainsKey(usual.Name) && !settings.CommonAttributes.ContainsKey(usual.Name)).Select(usual => Make(usual.Name, usual.Field)),
            .. further.Select(one => Make(one.Key, auditEvent => auditEvent.Find(one.Value))),
        ];
    }

    private static EnvelopeAttribute Make(string name, EventField field) => new(Encoding.ASCII.GetBytes(name), field);
}
