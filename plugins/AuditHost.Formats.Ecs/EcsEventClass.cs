using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Ecs;

/// <summary>What one type of event is in ECS. Only types that ECS expects with the category stand beside it.</summary>
/// <param name="type">The event's type.</param>
/// <param name="action">The value of <c>event.action</c>.</param>
/// <param name="kind">The value of <c>event.kind</c>.</param>
/// <param name="category">The value of <c>event.category</c>.</param>
/// <param name="ecsType">The value of <c>event.type</c>.</param>
internal sealed class EcsEventClass(string type, string action, string kind, string category, string ecsType)
{
    private static readonly EcsEventClass[] Known =
    [
        new("CopybookParse", "copybook-parse", "event", "file", "access")
        {
            Reason = "payload.data.parse_result", Milliseconds = "payload.data.parsing_duration_ms", File = "payload.data.copybook_path",
        },
        new("DataValidation", "data-validation", "event", "file", "access")
        {
            Reason = "payload.data.validation_result", Milliseconds = "payload.data.validation_duration_ms", File = "payload.data.input_file",
        },
        new("DataTransformation", "data-transformation", "event", "file", "creation")
        {
            Reason = "payload.data.transformation_result", Milliseconds = "payload.data.processing_duration_ms", File = "payload.data.output_file",
        },
        new("PerformanceMeasurement", "performance-measurement", "metric", "process", "info") { Reason = "payload.data.comparison_result" },
        new("ComplianceCheck", "compliance-check", "event", "configuration", "info")
        {
            Reason = "payload.data.validation_result", Ruleset = "payload.data.compliance_framework",
        },
        new("SecurityEvent", "security-event", "alert", "intrusion_detection", "info") { Reason = "payload.data.security_event_type" },
        new("LineageTracking", "lineage-tracking", "event", "database", "info"),
        new("ErrorEvent", "error", "event", "database", "error"),
        new("AccessEvent", "access", "event", "database", "access") { Reason = "payload.data.access_result" },
        new("ConfigurationChange", "configuration-change", "event", "configuration", "change") { Reason = "payload.data.change_reason" },
    ];

    private readonly byte[] _type = Encoding.UTF8.GetBytes(type);

    /// <summary>What holds for a type that is not known here: ECS wants no category rather than a guess.</summary>
    public static EcsEventClass Other { get; } = new(string.Empty, string.Empty, "event", string.Empty, "info");

    public byte[] Action { get; } = Encoding.UTF8.GetBytes(action);

    public byte[] Kind { get; } = Encoding.UTF8.GetBytes(kind);

    public EcsClassification Classification { get; } = new(category, ecsType);

    /// <summary>Where the reason stands, if anywhere.</summary>
    public string? Reason { get; private init; }

    /// <summary>Where the duration stands.</summary>
    public string? Milliseconds { get; private init; }

    /// <summary>Where the path of a file stands.</summary>
    public string? File { get; private init; }

    /// <summary>Where the name of a set of rules stands.</summary>
    public string? Ruleset { get; private init; }

    /// <summary>The class of a type.</summary>
    public static EcsEventClass Find(EventValue type)
    {
        foreach (EcsEventClass known in Known)
        {
            if (type.Equals(known._type))
                return known;
        }

        return Other;
    }
}
