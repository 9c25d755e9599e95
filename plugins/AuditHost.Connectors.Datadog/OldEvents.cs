using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Datadog;

/// <summary>What becomes of events whose time Datadog does not take: it answers 202 and drops them.</summary>
public enum OldEvents
{
    /// <summary>They become dead letters, which say why.</summary>
    [JsonStringEnumMemberName("refuse")]
    Refuse,

    /// <summary>They are sent without a time, so that Datadog gives them the one of their arrival; their own stands in an attribute.</summary>
    [JsonStringEnumMemberName("restamp")]
    Restamp,
}
