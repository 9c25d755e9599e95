using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using AuditHost.Sdk;

namespace AuditHost.Plugins;

/// <summary>What the loaded plugins provide, at one moment. Never changed: an update makes a new one.</summary>
internal sealed class PluginSet
{
    private readonly FrozenDictionary<string, (ConnectorFactory Factory, LoadedPlugin Provider)> _connectors;
    private readonly FrozenDictionary<string, (FormatterFactory Factory, LoadedPlugin Provider)> _formatters;

    public PluginSet(IReadOnlyList<LoadedPlugin> plugins)
    {
        Plugins = plugins;
        _connectors = Index<ConnectorFactory>(plugins);
        _formatters = Index<FormatterFactory>(plugins);
    }

    public IReadOnlyList<LoadedPlugin> Plugins { get; }

    public IReadOnlyCollection<ConnectorFactory> Connectors => [.. _connectors.Values.Select(entry => entry.Factory)];

    public IReadOnlyCollection<FormatterFactory> Formatters => [.. _formatters.Values.Select(entry => entry.Factory)];

    public bool TryGetConnector(string type, [NotNullWhen(true)] out ConnectorFactory? factory)
    {
        factory = _connectors.GetValueOrDefault(type).Factory;
        return factory is not null;
    }

    public bool TryGetFormatter(string type, [NotNullWhen(true)] out FormatterFactory? factory)
    {
        factory = _formatters.GetValueOrDefault(type).Factory;
        return factory is not null;
    }

    public LoadedPlugin ProviderOf(PluginFactory factory) => factory is ConnectorFactory
        ? _connectors[factory.Type].Provider
        : _formatters[factory.Type].Provider;

    /// <exception cref="PluginRefusedException">A type of the plugin is taken.</exception>
    public PluginSet With(LoadedPlugin plugin)
    {
        RefuseTakenTypes(plugin);
        return new PluginSet([.. Plugins, plugin]);
    }

    public PluginSet Without(LoadedPlugin plugin) => new([.. Plugins.Where(other => other != plugin)]);

    private static FrozenDictionary<string, (T Factory, LoadedPlugin Provider)> Index<T>(IReadOnlyList<LoadedPlugin> plugins)
        where T : PluginFactory =>
        plugins.SelectMany(plugin => plugin.Factories.OfType<T>().Select(factory => (Factory: factory, Provider: plugin)))
            .ToFrozenDictionary(entry => entry.Factory.Type, StringComparer.Ordinal);

    private void RefuseTakenTypes(LoadedPlugin plugin)
    {
        var own = new HashSet<(bool, string)>();
        foreach (PluginFactory factory in plugin.Factories)
        {
            LoadedPlugin? owner = factory is ConnectorFactory
                ? _connectors.GetValueOrDefault(factory.Type).Provider
                : _formatters.GetValueOrDefault(factory.Type).Provider;
            if (!own.Add((factory is ConnectorFactory, factory.Type)))
                owner = plugin;
            if (owner is null)
                continue;
            string kind = factory is ConnectorFactory ? "connector" : "formatter";
            throw new PluginRefusedException(
                $"The {kind} '{factory.Type}' of {plugin.Folder.Root} is already provided by {owner.Folder.Root}. Rename the type, or remove one of the two.");
        }
    }
}
