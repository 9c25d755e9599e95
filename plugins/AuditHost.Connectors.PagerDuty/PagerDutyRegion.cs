using System.Text.Json.Serialization;

namespace AuditHost.Connectors.PagerDuty;

/// <summary>Where an account's data lie, which is chosen once, when it is made.</summary>
public enum PagerDutyRegion
{
    /// <summary>United States.</summary>
    [JsonStringEnumMemberName("us")]
    UnitedStates,

    /// <summary>Europe.</summary>
    [JsonStringEnumMemberName("eu")]
    Europe,
}
