using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Acme.Hook;

/// <summary>The destination's own keys in the site file.</summary>
public sealed class HookSettings
{
    [Description("Where batches are posted to, for instance https://hook.acme.example/bulk.")]
    public required Uri Endpoint { get; init; }

    [Description("The collection that takes the events.")]
    [DefaultValue("audit")]
    public string Collection { get; init; } = "audit";
}

/// <summary>The format has no settings.</summary>
public sealed class PipeSettings;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(HookSettings))]
[JsonSerializable(typeof(PipeSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
