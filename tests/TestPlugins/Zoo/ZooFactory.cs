using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;
using Zoo;

[assembly: Plugin(typeof(ZooFactory))]

namespace Zoo;

public sealed class ZooFactory() : ConnectorFactory<ZooSettings>(
    new ConnectorInfo("zoo", "Writes a file per batch, and misbehaves in a way of its own where the victim is in it.") { MaxBatchEvents = 50 },
    SettingsContext.Default.ZooSettings)
{
    protected override IConnector Create(ZooSettings settings, PluginContext context) => new ZooConnector(settings, context);
}
