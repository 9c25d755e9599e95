using System.Text.Json.Serialization;

namespace AuditHost.Connectors.WebSocket;

/// <summary>What the server has to say before an event counts as delivered.</summary>
public enum Acknowledgement
{
    /// <summary>The id of each event.</summary>
    [JsonStringEnumMemberName("per_event")]
    PerEvent,

    /// <summary>The id of each message that holds a batch.</summary>
    [JsonStringEnumMemberName("per_batch")]
    PerBatch,

    /// <summary>Nothing.</summary>
    [JsonStringEnumMemberName("none")]
    None,
}
