using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(Template._1.Factory))]

namespace Template._1;

/// <summary>What the host knows before it has sent anything: the name, the limits, the settings.</summary>
public sealed class Factory() : ConnectorFactory<Settings>(
    new ConnectorInfo("template_type_id", "Posts batches of events to Acme.")
    {
        DefaultFormat = "jsonl",
        MaxConcurrency = 4,
        MaxBatchEvents = 1000,
        MaxBatchBytes = 4 << 20,
    },
    SettingsContext.Default.Settings)
{
    protected override IConnector Create(Settings settings, PluginContext context) =>
        new Connector(HttpEndpoint.Parse("endpoint", settings.Endpoint), HttpHeader.CheckValue("collection", settings.Collection), context);

    protected override IReadOnlyList<Uri> Endpoints(Settings settings) =>
        [HttpEndpoint.Shown(HttpEndpoint.Parse("endpoint", settings.Endpoint))];
}
