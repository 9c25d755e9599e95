using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Otlp;

/// <summary>What a log record's body is.</summary>
public enum BodyKind
{
    /// <summary>The formatted event as one string, byte for byte.</summary>
    [JsonStringEnumMemberName("string")]
    String,

    /// <summary>A formatted event that is JSON as a structure of OTLP values, so that a backend can search in it.</summary>
    [JsonStringEnumMemberName("map")]
    Map,
}
