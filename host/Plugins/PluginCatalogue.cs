using System.Diagnostics.CodeAnalysis;
using AuditHost.Sdk;
using Microsoft.Extensions.Logging;

namespace AuditHost.Plugins;

/// <summary>The plugins found at start. A folder that cannot serve is listed with its reason, and the others go on.</summary>
internal sealed class PluginCatalogue : IPluginCatalogue, IDisposable
{
    private readonly List<PluginDescription> _plugins = [];
    private readonly List<PluginHandle> _handles = [];
    private readonly Dictionary<string, ConnectorFactory> _connectors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FormatterFactory> _formatters = new(StringComparer.Ordinal);
    private readonly Dictionary<PluginFactory, PluginDescription> _providers = new(ReferenceEqualityComparer.Instance);
    private readonly ILogger _logger;

    private PluginCatalogue(ILogger logger)
    {
        _logger = logger;
    }

    public IReadOnlyList<PluginDescription> Plugins => _plugins;

    public IReadOnlyCollection<ConnectorFactory> Connectors => _connectors.Values;

    public IReadOnlyCollection<FormatterFactory> Formatters => _formatters.Values;

    /// <summary>Loads the built-in plugins, then the site's own; among equals the first to come keeps a type.</summary>
    /// <param name="builtInDirectory">The folder <c>plugins</c> beside the executable.</param>
    /// <param name="siteDirectory">The site's own, where it has one.</param>
    /// <param name="logger">Gets one line per plugin.</param>
    public static PluginCatalogue Load(string builtInDirectory, string? siteDirectory, ILogger logger)
    {
        var catalogue = new PluginCatalogue(logger);
        catalogue.LoadFrom(builtInDirectory, builtIn: true);
        if (siteDirectory is not null && Normalize(siteDirectory) != Normalize(builtInDirectory))
            catalogue.LoadFrom(siteDirectory, builtIn: false);
        return catalogue;
    }

    public bool TryGetConnector(string type, [NotNullWhen(true)] out ConnectorFactory? factory) => _connectors.TryGetValue(type, out factory);

    public bool TryGetFormatter(string type, [NotNullWhen(true)] out FormatterFactory? factory) => _formatters.TryGetValue(type, out factory);

    public PluginDescription DescriptionOf(PluginFactory factory) => _providers[factory];

    /// <summary>Unloads every plugin. Their connectors must be disposed of before.</summary>
    public void Dispose()
    {
        _connectors.Clear();
        _formatters.Clear();
        _providers.Clear();
        _handles.ForEach(handle => handle.Unload());
        _handles.Clear();
    }

    private static string Normalize(string directory) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));

    private void LoadFrom(string directory, bool builtIn)
    {
        try
        {
            foreach (PluginFolder folder in PluginFolder.In(directory, builtIn))
                Add(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _logger.LogWarning("No plugins from {Directory}: {Reason}", directory, exception.Message);
        }
    }

    private void Add(PluginFolder folder)
    {
        PluginStamp? stamp = null;
        PluginHandle? handle = null;
        try
        {
            stamp = folder.ReadStamp();
            folder.Verify(stamp);
            handle = PluginHandle.Load(folder.MainAssembly);
            RefuseTakenTypes(folder, handle.Factories);
            Register(Describe(folder, stamp, PluginStatus.Loaded, null, handle.Factories), handle);
        }
        catch (Exception exception)
        {
            // Whatever a stranger's code throws concerns its folder alone.
            handle?.Unload();
            PluginStatus status = exception is PluginRefusedException refusal ? refusal.Status : PluginStatus.Broken;
            string reason = exception is PluginRefusedException
                ? exception.Message
                : $"Loading failed with {exception.GetType().Name}: {exception.Message} Replace the folder with the output of 'dotnet publish'.";
            _plugins.Add(Describe(folder, stamp, status, reason, []));
            _logger.LogError("Plugin {Folder} does not serve: {Reason}", folder.Root, reason);
        }
    }

    private void RefuseTakenTypes(PluginFolder folder, IReadOnlyList<PluginFactory> factories)
    {
        var own = new HashSet<(bool, string)>();
        foreach (PluginFactory factory in factories)
        {
            PluginFactory? taken = factory is ConnectorFactory ? _connectors.GetValueOrDefault(factory.Type) : _formatters.GetValueOrDefault(factory.Type);
            string? owner = taken is not null ? _providers[taken].Directory : null;
            if (!own.Add((factory is ConnectorFactory, factory.Type)))
                owner = folder.Root;
            if (owner is null)
                continue;
            string kind = factory is ConnectorFactory ? "connector" : "formatter";
            throw new PluginRefusedException($"The {kind} '{factory.Type}' of {folder.Root} is already provided by {owner}. Rename the type, or remove one of the two.");
        }
    }

    private void Register(PluginDescription description, PluginHandle handle)
    {
        _plugins.Add(description);
        _handles.Add(handle);
        foreach (PluginFactory factory in handle.Factories)
        {
            _providers.Add(factory, description);
            if (factory is ConnectorFactory connector)
                _connectors.Add(connector.Type, connector);
            else if (factory is FormatterFactory formatter)
                _formatters.Add(formatter.Type, formatter);
        }

        _logger.LogInformation("Plugin {Name} {Version} provides {Types}", description.Name, description.Version, description.Types);
    }

    private static PluginDescription Describe(
        PluginFolder folder, PluginStamp? stamp, PluginStatus status, string? reason, IReadOnlyList<PluginFactory> factories) => new(
        folder.Name,
        stamp?.Version ?? string.Empty,
        stamp?.SdkVersion ?? string.Empty,
        folder.Root,
        folder.BuiltIn,
        status,
        reason,
        [.. factories.Select(factory => factory.Type)]);
}
