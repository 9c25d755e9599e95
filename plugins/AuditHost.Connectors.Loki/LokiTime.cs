using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Loki;

/// <summary>Which time a line has.</summary>
public enum LokiTime
{
    /// <summary>The event's own.</summary>
    [JsonStringEnumMemberName("event")]
    Event,

    /// <summary>When the host accepted the event.</summary>
    [JsonStringEnumMemberName("received")]
    Received,
}
