using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Template._1;

/// <summary>The destination's own keys in the site file. Credentials stand under <c>authentication</c> and are the host's.</summary>
public sealed class Settings
{
    [Description("Where batches are posted to, for instance https://acme.example/bulk.")]
    public required string Endpoint { get; set; }

    [Description("The collection that takes the events.")]
    [DefaultValue("audit")]
    public string Collection { get; set; } = "audit";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Settings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
