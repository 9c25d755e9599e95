using System.Text.Json.Serialization;

namespace AuditHost.PluginKit.Http;

/// <summary>Which of several endpoints gets the next batch.</summary>
public enum EndpointBalancing
{
    /// <summary>The first that works; the others wait for it to fail.</summary>
    [JsonStringEnumMemberName("failover")]
    Failover,

    /// <summary>Each in turn.</summary>
    [JsonStringEnumMemberName("round_robin")]
    RoundRobin,
}
