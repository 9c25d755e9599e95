using System.Text.Json.Serialization;

namespace AuditHost.Connectors.GraphQL;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(GraphQLSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
