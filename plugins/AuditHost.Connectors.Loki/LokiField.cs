using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Loki;

/// <summary>A field of an event's envelope, by the name that it has as a label or in the structured metadata.</summary>
public enum LokiField
{
    /// <summary>The event's id.</summary>
    [JsonStringEnumMemberName("event_id")]
    EventId,

    /// <summary>Its type.</summary>
    [JsonStringEnumMemberName("event_type")]
    EventType,

    /// <summary>Its severity.</summary>
    [JsonStringEnumMemberName("severity")]
    Severity,

    /// <summary>The component that wrote it.</summary>
    [JsonStringEnumMemberName("source")]
    Source,

    /// <summary>Who acted.</summary>
    [JsonStringEnumMemberName("user")]
    User,

    /// <summary>The machine.</summary>
    [JsonStringEnumMemberName("host")]
    Host,

    /// <summary>The operation it belongs to.</summary>
    [JsonStringEnumMemberName("operation_id")]
    OperationId,

    /// <summary>The classification of the data concerned.</summary>
    [JsonStringEnumMemberName("classification")]
    Classification,
}
