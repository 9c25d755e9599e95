using AuditHost.Sdk;

namespace AuditHost.Formatting.Model;

/// <summary><c>audit</c>: what the host knows of an event, under the same names whoever sent it.</summary>
internal sealed class Envelope(AuditEvent auditEvent, string? key = null) : ReadOnlyObject
{
    /// <summary>Everything a template may ask of it.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "id", "type", "time", "timestamp", "unix_seconds", "unix_ms", "unix_ns", "severity", "severity_number", "source", "user", "host",
        "operation", "classification", "compliance_profiles", "sequence", "received_at", "key",
    ];

    public override IEnumerable<string> GetMembers() => Names;

    public override bool TryGetValue(string member, out object? value)
    {
        value = member switch
        {
            "id" => Text(auditEvent.Id),
            "type" => Text(auditEvent.Type),
            "time" => auditEvent.Time.UtcDateTime,
            "timestamp" => Text(auditEvent.Timestamp),
            "unix_seconds" => auditEvent.Time.ToUnixTimeSeconds(),
            "unix_ms" => auditEvent.Time.ToUnixTimeMilliseconds(),
            "unix_ns" => (auditEvent.Time.UtcTicks - DateTime.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick,
            "severity" => NameOf(auditEvent.Severity),
            "severity_number" => (int)auditEvent.Severity,
            "source" => Text(auditEvent.Source),
            "user" => Text(auditEvent.User),
            "host" => Text(auditEvent.Host),
            "operation" => Text(auditEvent.Operation),
            "classification" => Text(auditEvent.Classification),
            "compliance_profiles" => Profiles(),
            "sequence" => (long)auditEvent.Sequence,
            "received_at" => auditEvent.ReceivedAt.UtcDateTime,
            "key" => key,
            _ => null,
        };
        return value is not null || Names.Contains(member);
    }

    private static string? Text(EventValue value) => value.HasValue ? value.ToString() : null;

    private static string NameOf(Severity severity) => severity switch
    {
        Severity.Critical => "Critical",
        Severity.High => "High",
        Severity.Medium => "Medium",
        Severity.Low => "Low",
        _ => "Info",
    };

    private JsonArray? Profiles()
    {
        EventValue profiles = auditEvent.ComplianceProfiles;
        return profiles.Kind == EventValueKind.Array ? new JsonArray(profiles.Raw.ToArray()) : null;
    }
}
