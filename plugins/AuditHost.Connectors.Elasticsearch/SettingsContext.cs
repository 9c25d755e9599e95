using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Elasticsearch;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ElasticsearchSettings))]
[JsonSerializable(typeof(ElasticSecuritySettings))]
[JsonSerializable(typeof(ElasticsearchFormatterSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
