using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Template._1;

/// <summary>The destination's own keys in the site file.</summary>
public sealed class Settings
{
    [Description("Where lines are sent to: tcp://host:port or tls://host:port.")]
    public required string Endpoint { get; set; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Settings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
