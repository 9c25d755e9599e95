using System.Diagnostics.CodeAnalysis;
using AuditHost.Plugins;
using AuditHost.Sdk;

namespace AuditHost.Tests.Configuration;

internal sealed class FakeCatalogue(params PluginFactory[] factories) : IPluginCatalogue
{
    public IReadOnlyList<PluginDescription> Plugins => [];

    public IReadOnlyCollection<ConnectorFactory> Connectors { get; } = [.. factories.OfType<ConnectorFactory>()];

    public IReadOnlyCollection<FormatterFactory> Formatters { get; } = [.. factories.OfType<FormatterFactory>()];

    public bool TryGetConnector(string type, [NotNullWhen(true)] out ConnectorFactory? factory)
    {
        factory = Connectors.FirstOrDefault(candidate => candidate.Type == type);
        return factory is not null;
    }

    public bool TryGetFormatter(string type, [NotNullWhen(true)] out FormatterFactory? factory)
    {
        factory = Formatters.FirstOrDefault(candidate => candidate.Type == type);
        return factory is not null;
    }

    public PluginDescription DescriptionOf(PluginFactory factory) => throw new NotSupportedException();
}
