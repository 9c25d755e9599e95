using System.Text.Json.Serialization;

namespace AuditHost.Connectors.NewRelic;

/// <summary>What a log can be searched by, besides its message.</summary>
public enum LogAttributes
{
    /// <summary>The envelope's fields.</summary>
    [JsonStringEnumMemberName("envelope")]
    Envelope,

    /// <summary>These and every field of the formatted event.</summary>
    [JsonStringEnumMemberName("all")]
    All,
}
