using System.ComponentModel;
using System.Text.Json.Serialization;

namespace AuditHost.Sdk.Conformance;

public sealed class FaultySettings
{
    [Description("Where to send.")]
    public required string Endpoint { get; set; }

    [Description("What is wrong.")]
    public required Fault Fault { get; set; }

    [Description("A secret.")]
    [PasswordPropertyText(true)]
    public string ApiKey { get; set; } = string.Empty;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(FaultySettings))]
internal sealed partial class FaultyContext : JsonSerializerContext;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(FaultySettings))]
internal sealed partial class LenientContext : JsonSerializerContext;
