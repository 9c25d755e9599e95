using System.Text.Json.Serialization;

namespace Zoo;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ZooSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
