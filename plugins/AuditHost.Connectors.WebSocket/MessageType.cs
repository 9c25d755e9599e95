using System.Text.Json.Serialization;

namespace AuditHost.Connectors.WebSocket;

/// <summary>The type that messages are marked with (RFC 6455, section 5.6).</summary>
public enum MessageType
{
    /// <summary>Text.</summary>
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>Binary.</summary>
    [JsonStringEnumMemberName("binary")]
    Binary,
}
