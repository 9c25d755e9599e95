using System.Text.Json.Serialization;
using AuditHost.Sdk;

namespace AuditHost.Isolation.Messages;

/// <summary>The JSON of messages that are no batches.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SetupMessage))]
[JsonSerializable(typeof(OutcomeMessage))]
[JsonSerializable(typeof(EndpointsMessage))]
[JsonSerializable(typeof(LogMessage))]
[JsonSerializable(typeof(SearchQuery))]
internal sealed partial class MessageJson : JsonSerializerContext;
