using System.Text.Json.Serialization;

namespace AuditHost.Plugins.Tests.Syslog;

/// <summary>What a receiver understood of a message.</summary>
internal sealed record ReceivedMessage(
    [property: JsonPropertyName("pri")] string Priority,
    [property: JsonPropertyName("time")] string Time,
    [property: JsonPropertyName("host")] string Host,
    [property: JsonPropertyName("app")] string App,
    [property: JsonPropertyName("procid")] string ProcessId,
    [property: JsonPropertyName("msgid")] string MessageId,
    [property: JsonPropertyName("sd")] string StructuredData,
    [property: JsonPropertyName("msg")] string Message);
