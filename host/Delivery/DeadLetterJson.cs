using System.Text.Json.Serialization;

namespace AuditHost.Delivery;

/// <summary>How dead letters lie in their log. Members are only ever added.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(DeadLetterEntry))]
internal sealed partial class DeadLetterJson : JsonSerializerContext;
