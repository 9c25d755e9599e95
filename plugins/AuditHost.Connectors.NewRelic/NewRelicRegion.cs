using System.Text.Json.Serialization;

namespace AuditHost.Connectors.NewRelic;

/// <summary>Where an account's data lie, which is chosen once, when it is made.</summary>
public enum NewRelicRegion
{
    /// <summary>United States.</summary>
    [JsonStringEnumMemberName("us")]
    UnitedStates,

    /// <summary>Europe.</summary>
    [JsonStringEnumMemberName("eu")]
    Europe,

    /// <summary>United States, by the endpoints that are authorized by FedRAMP.</summary>
    [JsonStringEnumMemberName("gov")]
    Government,
}
