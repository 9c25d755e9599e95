using System.Text.Json.Serialization;

namespace AuditHost.Connectors.NewRelic;

/// <summary>What becomes of an event whose time New Relic would not take.</summary>
public enum LateEvents
{
    /// <summary>It is sent without its time, so that New Relic gives it the time of arrival; its own stands beside it.</summary>
    [JsonStringEnumMemberName("restamp")]
    Restamp,

    /// <summary>It becomes a dead letter.</summary>
    [JsonStringEnumMemberName("dead_letter")]
    DeadLetter,
}
