using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Otlp;

/// <summary>How requests are written. Every receiver knows both; protobuf is the smaller one and the one they are tested with.</summary>
public enum OtlpEncoding
{
    /// <summary>Binary protobuf.</summary>
    [JsonStringEnumMemberName("protobuf")]
    Protobuf,

    /// <summary>OTLP's own mapping of protobuf to JSON.</summary>
    [JsonStringEnumMemberName("json")]
    Json,
}
