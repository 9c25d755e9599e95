using System.Text.Json.Serialization;

namespace AuditHost.Connectors.NewRelic;

/// <summary>What an event becomes at New Relic; each kind has an API of its own. In the order in which they are sent.</summary>
public enum TelemetryKind
{
    /// <summary>A log, by the Log API.</summary>
    [JsonStringEnumMemberName("logs")]
    Logs,

    /// <summary>A custom event, by the Event API.</summary>
    [JsonStringEnumMemberName("events")]
    Events,

    /// <summary>A span, by OTLP.</summary>
    [JsonStringEnumMemberName("traces")]
    Traces,

    /// <summary>
    /// Counts and figures, by the Metric API. Last: they are the only kind in which a copy cannot be told from another event, so nothing that
    /// fails behind them may bring them again.
    /// </summary>
    [JsonStringEnumMemberName("metrics")]
    Metrics,
}
