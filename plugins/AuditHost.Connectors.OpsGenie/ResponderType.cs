using System.Text.Json.Serialization;

namespace AuditHost.Connectors.OpsGenie;

/// <summary>Who or what is told of an alert.</summary>
public enum ResponderType
{
    [JsonStringEnumMemberName("team")]
    Team,

    [JsonStringEnumMemberName("user")]
    User,

    [JsonStringEnumMemberName("escalation")]
    Escalation,

    [JsonStringEnumMemberName("schedule")]
    Schedule,
}
