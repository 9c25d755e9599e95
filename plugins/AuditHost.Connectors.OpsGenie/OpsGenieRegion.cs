using System.Text.Json.Serialization;

namespace AuditHost.Connectors.OpsGenie;

/// <summary>Where an OpsGenie account lies. Jira Service Management has one address for all.</summary>
public enum OpsGenieRegion
{
    /// <summary>United States.</summary>
    [JsonStringEnumMemberName("us")]
    UnitedStates,

    /// <summary>Europe.</summary>
    [JsonStringEnumMemberName("eu")]
    Europe,
}
