using System.Text.Json.Serialization;

namespace AuditHost.Connectors.NewRelic;

/// <summary>What the message of a log is.</summary>
public enum LogMessage
{
    /// <summary>A line for people, and below it the formatted event.</summary>
    [JsonStringEnumMemberName("summary_and_event")]
    SummaryAndEvent,

    /// <summary>The formatted event alone. New Relic reads fields out of it where it is JSON and short.</summary>
    [JsonStringEnumMemberName("event")]
    Event,
}
