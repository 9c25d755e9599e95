using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;
using Deadly;

[assembly: Plugin(typeof(DeadlyFactory))]

namespace Deadly;

public sealed class DeadlyFactory() : ConnectorFactory<DeadlySettings>(
    new ConnectorInfo("deadly", "Writes ids to a file, and takes the whole process down on one event."),
    SettingsContext.Default.DeadlySettings)
{
    protected override IConnector Create(DeadlySettings settings, PluginContext context) => new DeadlyConnector(settings);
}
