using System.Text.Json.Serialization;

namespace AuditHost.Lanes.Drops;

/// <summary>How drops lie in their log. Members are only ever added.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(DropEntry))]
internal sealed partial class DropJson : JsonSerializerContext;
