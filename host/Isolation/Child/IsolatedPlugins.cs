using System.Diagnostics.CodeAnalysis;
using AuditHost.Plugins;
using AuditHost.Sdk;

namespace AuditHost.Isolation.Child;

/// <summary>The one or two plugins of this process. The host looked into them before and vouches for their files.</summary>
internal sealed class IsolatedPlugins(IEnumerable<string> assemblies) : IPluginCatalogue
{
    private readonly PluginFactory[] _factories = [.. assemblies.SelectMany(assembly => PluginHandle.Load(assembly).Factories)];

    public IReadOnlyList<PluginFactory> Factories => _factories;

    public IReadOnlyList<PluginDescription> Plugins => [];

    public IReadOnlyCollection<ConnectorFactory> Connectors => [.. _factories.OfType<ConnectorFactory>()];

    public IReadOnlyCollection<FormatterFactory> Formatters => [.. _factories.OfType<FormatterFactory>()];

    public bool TryGetConnector(string type, [NotNullWhen(true)] out ConnectorFactory? factory)
    {
        factory = _factories.OfType<ConnectorFactory>().FirstOrDefault(connector => connector.Type == type);
        return factory is not null;
    }

    public bool TryGetFormatter(string type, [NotNullWhen(true)] out FormatterFactory? factory)
    {
        factory = _factories.OfType<FormatterFactory>().FirstOrDefault(formatter => formatter.Type == type);
        return factory is not null;
    }

    public PluginDescription DescriptionOf(PluginFactory factory) => throw new NotSupportedException("The host describes plugins.");
}
