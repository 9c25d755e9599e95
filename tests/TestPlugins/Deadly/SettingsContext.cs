using System.Text.Json.Serialization;

namespace Deadly;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(DeadlySettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
