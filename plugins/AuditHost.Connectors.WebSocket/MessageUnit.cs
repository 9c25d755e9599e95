using System.Text.Json.Serialization;

namespace AuditHost.Connectors.WebSocket;

/// <summary>What one message holds.</summary>
public enum MessageUnit
{
    /// <summary>One event.</summary>
    [JsonStringEnumMemberName("event")]
    Event,

    /// <summary>A batch of events.</summary>
    [JsonStringEnumMemberName("batch")]
    Batch,
}
