using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>How often there is a new index.</summary>
public enum IndexRotation
{
    /// <summary><c>prefix-2026-03-31</c>.</summary>
    [JsonStringEnumMemberName("daily")]
    Daily,

    /// <summary><c>prefix-2026-w14</c>, by the week and the year of ISO 8601.</summary>
    [JsonStringEnumMemberName("weekly")]
    Weekly,

    /// <summary><c>prefix-2026-03</c>.</summary>
    [JsonStringEnumMemberName("monthly")]
    Monthly,

    /// <summary><c>prefix</c> alone.</summary>
    [JsonStringEnumMemberName("none")]
    None,
}
