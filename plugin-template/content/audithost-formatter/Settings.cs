using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Template._1;

/// <summary>The format's own keys in the site file.</summary>
public sealed class Settings
{
    [Description("What stands between the values, one character of ASCII.")]
    [DefaultValue("|")]
    public string Separator { get; set; } = "|";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Settings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
