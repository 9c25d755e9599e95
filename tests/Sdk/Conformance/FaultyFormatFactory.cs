using System.ComponentModel;
using System.Text.Json.Serialization;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;
using AuditHost.Sdk.Conformance;

[assembly: Plugin(typeof(FaultyFormatFactory))]

namespace AuditHost.Sdk.Conformance;

public sealed class FaultyFormatSettings
{
    [Description("What is wrong.")]
    public required FormatFault Fault { get; set; }
}

public sealed class FaultyFormatFactory() : FormatterFactory<FaultyFormatSettings>(
    new FormatterInfo("faulty", "Has one fault."), FaultyFormatContext.Default.FaultyFormatSettings)
{
    protected override IEventFormatter Create(FaultyFormatSettings settings, PluginContext context) => new FaultyFormatter(settings.Fault);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(FaultyFormatSettings))]
internal sealed partial class FaultyFormatContext : JsonSerializerContext;
