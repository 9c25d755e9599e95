using System.Text.Json.Serialization;

namespace Recorder;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(RecorderSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
