using System.Diagnostics.CodeAnalysis;
using AuditHost.Sdk;

namespace AuditHost.Plugins;

/// <summary>A new version of a plugin, loaded beside the one that serves. As a catalogue it shows what there will be.</summary>
internal sealed class PluginUpdate(PluginCatalogue catalogue, LoadedPlugin? former, LoadedPlugin next, PluginSet set) : IPluginCatalogue
{
    /// <summary>The version that serves; <see langword="null"/> where the folder is new.</summary>
    public LoadedPlugin? Former => former;

    public LoadedPlugin Next => next;

    public PluginSet Set => set;

    public IReadOnlyList<PluginDescription> Plugins => catalogue.Plugins;

    public IReadOnlyCollection<ConnectorFactory> Connectors => set.Connectors;

    public IReadOnlyCollection<FormatterFactory> Formatters => set.Formatters;

    public bool TryGetConnector(string type, [NotNullWhen(true)] out ConnectorFactory? factory) => set.TryGetConnector(type, out factory);

    public bool TryGetFormatter(string type, [NotNullWhen(true)] out FormatterFactory? factory) => set.TryGetFormatter(type, out factory);

    public PluginDescription DescriptionOf(PluginFactory factory) => set.ProviderOf(factory).Description;
}
