using System.Diagnostics.CodeAnalysis;
using AuditHost.Sdk;

namespace AuditHost.Plugins;

/// <summary>The plugins at hand. Configuration checks a site file against it, lanes create their connectors from it.</summary>
internal interface IPluginCatalogue
{
    /// <summary>Every folder found, the broken ones with their reason.</summary>
    IReadOnlyList<PluginDescription> Plugins { get; }

    IReadOnlyCollection<ConnectorFactory> Connectors { get; }

    IReadOnlyCollection<FormatterFactory> Formatters { get; }

    bool TryGetConnector(string type, [NotNullWhen(true)] out ConnectorFactory? factory);

    bool TryGetFormatter(string type, [NotNullWhen(true)] out FormatterFactory? factory);

    /// <summary>The plugin that provides a factory.</summary>
    PluginDescription DescriptionOf(PluginFactory factory);
}
