using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;
using Good;

[assembly: Plugin(typeof(EchoFactory))]

namespace Good;

public sealed class EchoFactory() : ConnectorFactory<EchoSettings>(
    new ConnectorInfo("echo", "Acknowledges every batch with its own body."),
    SettingsContext.Default.EchoSettings)
{
    protected override IConnector Create(EchoSettings settings, PluginContext context) => new EchoConnector(settings);
}
