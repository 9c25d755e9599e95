using System.Text.Json.Serialization;

namespace AuditHost.Connectors.NewRelic;

/// <summary>What becomes of an event that New Relic does not keep whole.</summary>
public enum OversizedEvents
{
    /// <summary>What does not fit is cut with a mark.</summary>
    [JsonStringEnumMemberName("cut")]
    Cut,

    /// <summary>It becomes a dead letter.</summary>
    [JsonStringEnumMemberName("dead_letter")]
    DeadLetter,
}
