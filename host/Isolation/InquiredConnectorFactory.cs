using AuditHost.Sdk;

namespace AuditHost.Isolation;

/// <summary>A connector of a plugin that is not loaded here.</summary>
internal sealed class InquiredConnectorFactory(ConnectorInfo info, ReadOnlyMemory<byte> schema, InquiredPlugin plugin) : ConnectorFactory(info)
{
    public override ReadOnlyMemory<byte> SettingsSchema => schema;

    public override IReadOnlyList<Uri> Endpoints(ReadOnlyMemory<byte> settings) => plugin.EndpointsOf(Type, settings);

    public override IConnector Create(ReadOnlyMemory<byte> settings, PluginContext context) =>
        throw new SettingsException(string.Empty, $"The plugin of '{Type}' runs in a process of its own alone (host.plugins.isolation).");
}
