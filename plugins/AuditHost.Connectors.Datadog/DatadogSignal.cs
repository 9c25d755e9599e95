using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Datadog;

/// <summary>What is made of events for Datadog.</summary>
public enum DatadogSignal
{
    /// <summary>Counts, gauges and a distribution, by the metrics API.</summary>
    [JsonStringEnumMemberName("metrics")]
    Metrics,

    /// <summary>Each event as a log.</summary>
    [JsonStringEnumMemberName("logs")]
    Logs,

    /// <summary>Each event as an event of Datadog's event stream.</summary>
    [JsonStringEnumMemberName("events")]
    Events,

    /// <summary>The same metrics, by DogStatsD to an Agent nearby, which confirms nothing.</summary>
    [JsonStringEnumMemberName("dogstatsd")]
    DogStatsd,
}
