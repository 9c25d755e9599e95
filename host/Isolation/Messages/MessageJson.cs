using System.Text.Json.Serialization;

namespace AuditHost.Isolation.Messages;

/// <summary>The JSON of messages that are no batches.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SetupMessage))]
[JsonSerializable(typeof(OutcomeMessage))]
[JsonSerializable(typeof(EndpointsMessage))]
[JsonSerializable(typeof(LogMessage))]
internal sealed partial class MessageJson : JsonSerializerContext;
