using System.Text.Json.Serialization;

namespace AuditHost.Client;

/// <summary>An audit event in the common envelope of AuditHost. What is left out does not stand in the event.</summary>
public sealed class AuditRecord
{
    /// <summary>Names the event for ever. The host stores an event that comes again with the same id and the same content once.</summary>
    [JsonPropertyName("event_id")]
    public string EventId { get; init; } = Guid.CreateVersion7().ToString();

    /// <summary>When it happened.</summary>
    [JsonPropertyName("timestamp")]
    public DateTimeOffset Timestamp { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>What kind of event it is, for instance <c>SecurityEvent</c>. An open set.</summary>
    [JsonPropertyName("event_type")]
    public required string EventType { get; init; }

    /// <summary>How bad it is.</summary>
    [JsonPropertyName("severity")]
    public AuditSeverity Severity { get; init; }

    /// <summary>The component that writes the event.</summary>
    [JsonPropertyName("source")]
    public string? Source { get; init; }

    /// <summary>The machine it happened on.</summary>
    [JsonPropertyName("hostname")]
    public string? Host { get; init; } = Environment.MachineName;

    /// <summary>Who acted.</summary>
    [JsonPropertyName("user")]
    public string? User { get; init; }

    /// <summary>The operation that the event belongs to, for correlation.</summary>
    [JsonPropertyName("operation_id")]
    public string? OperationId { get; init; }

    /// <summary>The classification of the data concerned, for instance <c>PHI</c>.</summary>
    [JsonPropertyName("classification")]
    public string? Classification { get; init; }

    /// <summary>The compliance regimes concerned.</summary>
    [JsonPropertyName("compliance_profiles")]
    public IReadOnlyList<string>? ComplianceProfiles { get; init; }

    /// <summary>What happened, in words.</summary>
    [JsonPropertyName("message")]
    public string? Message { get; init; }

    /// <summary>Whatever else the event says. Texts, numbers, truth values and null stay what they are; anything else is written as its text.</summary>
    [JsonPropertyName("payload")]
    [JsonConverter(typeof(PayloadConverter))]
    public IReadOnlyDictionary<string, object?>? Payload { get; init; }
}
