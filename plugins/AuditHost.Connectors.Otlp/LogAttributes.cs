using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Otlp;

/// <summary>
/// The attributes of a record. Names are those of OpenTelemetry's semantic conventions where there is one, and <c>audit.*</c> where not.
/// </summary>
internal static class LogAttributes
{
    private static readonly (string Name, EventField Field)[] Usual =
    [
        ("event.id", static auditEvent => auditEvent.Id),

        // In the record's event name too, which backends older than 2025 do not show.
        ("event.type", static auditEvent => auditEvent.Type),
        ("event.source", static auditEvent => auditEvent.Source),
        ("user.name", static auditEvent => auditEvent.User),
        ("host.name", static auditEvent => auditEvent.Host),
        ("audit.operation_id", static auditEvent => auditEvent.Operation),
        ("audit.classification", static auditEvent => auditEvent.Classification),
        ("audit.compliance_profiles", static auditEvent => auditEvent.ComplianceProfiles),
    ];

    /// <summary>The usual ones and those of the settings. No name comes twice: what a receiver does then is not defined.</summary>
    /// <exception cref="SettingsException">A name or a path is empty.</exception>
    public static LogAttribute[] Of(IReadOnlyDictionary<string, string> further)
    {
        foreach ((string name, string path) in further)
        {
            if (string.IsNullOrWhiteSpace(name))
                throw new SettingsException("attributes", "An attribute has no name. Give it one, for instance session.id");
            if (string.IsNullOrWhiteSpace(path))
                throw new SettingsException($"attributes.{name}", "Has no path. Give it one, for instance context.metadata.session_id");
        }

        return
        [
            .. Usual.Where(usual => !further.ContainsKey(usual.Name)).Select(usual => Make(usual.Name, usual.Field)),
            .. further.Select(one => Make(one.Key, auditEvent => auditEvent.Find(one.Value))),
        ];
    }

    private static LogAttribute Make(string name, EventField field) => new(Encoding.UTF8.GetBytes(name), field);
}
