using System.Text.Json.Serialization;

namespace Good;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(EchoSettings))]
[JsonSerializable(typeof(UpperSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
