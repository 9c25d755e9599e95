using System.Diagnostics.CodeAnalysis;
using AuditHost.Plugins;
using AuditHost.Sdk;
using AuditHost.Tests.Delivery;

namespace AuditHost.Tests.Dashboard;

/// <summary>Serves every destination with the connector a test made for its name.</summary>
internal sealed class ScriptedCatalogue(IReadOnlyDictionary<string, IConnector> connectors) : IPluginCatalogue
{
    private readonly Factory _factory = new(connectors);
    private readonly Format _format = new();

    public IReadOnlyList<PluginDescription> Plugins => [];

    public IReadOnlyCollection<ConnectorFactory> Connectors => [_factory];

    public IReadOnlyCollection<FormatterFactory> Formatters => [_format];

    public bool TryGetConnector(string type, [NotNullWhen(true)] out ConnectorFactory? factory)
    {
        factory = _factory;
        return true;
    }

    public bool TryGetFormatter(string type, [NotNullWhen(true)] out FormatterFactory? factory)
    {
        factory = _format;
        return true;
    }

    public PluginDescription DescriptionOf(PluginFactory factory) => new("Scripted", "1.0", "1.0", "/", true, PluginStatus.Loaded, null, []);

    private sealed class Factory(IReadOnlyDictionary<string, IConnector> connectors) : ConnectorFactory(new ConnectorInfo("scripted", "For tests."))
    {
        public override ReadOnlyMemory<byte> SettingsSchema => "{}"u8.ToArray();

        public override IConnector Create(ReadOnlyMemory<byte> settings, PluginContext context) => connectors[context.Destination];
    }

    private sealed class Format() : FormatterFactory(new FormatterInfo("json", "For tests."))
    {
        public override ReadOnlyMemory<byte> SettingsSchema => "{}"u8.ToArray();

        public override IEventFormatter Create(ReadOnlyMemory<byte> settings, PluginContext context) => new IdFormatter();
    }
}
