using System.Text.Json.Serialization;

namespace AuditHost.Connectors.AppDynamics;

/// <summary>What is sent to AppDynamics.</summary>
public enum Sending
{
    [JsonStringEnumMemberName("events")]
    Events,

    [JsonStringEnumMemberName("metrics")]
    Metrics,
}
