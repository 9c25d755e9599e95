using System.ComponentModel;
using System.Text.Json.Serialization;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;
using AuditHost.Sdk.Conformance;

[assembly: Plugin(typeof(FaultyStreamFactory))]

namespace AuditHost.Sdk.Conformance;

public sealed class FaultyStreamSettings
{
    [Description("Where to send.")]
    public required string Endpoint { get; set; }

    [Description("What is wrong.")]
    public required StreamFault Fault { get; set; }
}

public sealed class FaultyStreamFactory() : ConnectorFactory<FaultyStreamSettings>(
    new ConnectorInfo("faulty_stream", "Has one fault.") { Framing = Framing.Newline }, FaultyStreamContext.Default.FaultyStreamSettings)
{
    protected override IConnector Create(FaultyStreamSettings settings, PluginContext context) =>
        new FaultyStreamConnector(settings.Fault, new Uri(settings.Endpoint), context);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(FaultyStreamSettings))]
internal sealed partial class FaultyStreamContext : JsonSerializerContext;
