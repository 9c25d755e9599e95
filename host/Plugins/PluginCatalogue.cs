using System.Diagnostics.CodeAnalysis;
using AuditHost.Configuration.Options;
using AuditHost.Plugins.Trust;
using AuditHost.Sdk;
using Microsoft.Extensions.Logging;

namespace AuditHost.Plugins;

/// <summary>The plugins found at start. A folder that cannot serve is listed with its reason, and the others go on.</summary>
internal sealed class PluginCatalogue : IPluginCatalogue, IDisposable
{
    private readonly string _builtInDirectory;
    private readonly PluginOptions? _site;
    private readonly PluginStage _stage;
    private readonly PluginOpener _opener;
    private readonly ILogger _logger;
    private readonly List<PluginDescription> _plugins = [];
    private readonly PluginRemains _remains = new();

    private PluginCatalogue(string builtInDirectory, PluginOptions? site, ILogger logger, Func<string, IPluginHandle>? inquire)
    {
        _builtInDirectory = builtInDirectory;
        _site = site;
        _logger = logger;
        _stage = PluginStage.Open();
        _opener = new PluginOpener(new PluginTrust(site), _stage, inquire);
    }

    public IReadOnlyList<PluginDescription> Plugins
    {
        get
        {
            lock (_plugins)
                return [.. _plugins.Select(plugin => plugin with { LeftInMemory = _remains.CountOf(plugin.Name) })];
        }
    }

    /// <summary>What they provide now.</summary>
    public PluginSet Set { get; private set; } = new([]);

    public IReadOnlyCollection<ConnectorFactory> Connectors => Set.Connectors;

    public IReadOnlyCollection<FormatterFactory> Formatters => Set.Formatters;

    /// <summary>Loads the built-in plugins, then the site's own; among equals the first to come keeps a type.</summary>
    /// <param name="builtInDirectory">The folder <c>plugins</c> beside the executable.</param>
    /// <param name="site">The site's own, where it has some.</param>
    /// <param name="logger">Gets one line per plugin.</param>
    /// <param name="inquire">Asks a plugin of the site's own in a process of its own; <see langword="null"/> where they are loaded here.</param>
    /// <exception cref="PluginStageException">The machine does not take a copy of a plugin.</exception>
    public static PluginCatalogue Load(string builtInDirectory, PluginOptions? site, ILogger logger, Func<string, IPluginHandle>? inquire = null)
    {
        var catalogue = new PluginCatalogue(builtInDirectory, site, logger, inquire);
        catalogue.LoadFrom(builtInDirectory, builtIn: true);
        if (site is not null && Normalize(site.Directory) != Normalize(builtInDirectory))
            catalogue.LoadFrom(site.Directory, builtIn: false);
        return catalogue;
    }

    public bool TryGetConnector(string type, [NotNullWhen(true)] out ConnectorFactory? factory) => Set.TryGetConnector(type, out factory);

    public bool TryGetFormatter(string type, [NotNullWhen(true)] out FormatterFactory? factory) => Set.TryGetFormatter(type, out factory);

    public PluginDescription DescriptionOf(PluginFactory factory) => Set.ProviderOf(factory).Description;

    /// <summary>The site's own folders, as they are there now.</summary>
    public IReadOnlyList<string> FoldersOfSite() =>
        _site is not null && Directory.Exists(_site.Directory) ? [.. PluginFolder.In(_site.Directory, builtIn: false).Select(folder => folder.Name)] : [];

    /// <summary>Loads what lies in a plugin's folder now beside the version that serves. Nothing changes until it is committed.</summary>
    /// <returns><see langword="null"/> where the folder holds the very version that serves.</returns>
    /// <exception cref="PluginRefusedException">There is no such folder, or it cannot serve.</exception>
    /// <exception cref="PluginStageException">The machine does not take a copy of it.</exception>
    public PluginUpdate? Prepare(string name)
    {
        PluginFolder folder = Find(name);
        LoadedPlugin? former = Set.Plugins.FirstOrDefault(plugin => plugin.Folder == folder);
        LoadedPlugin next = OpenOrRefuse(folder);
        if (former?.Fingerprint == next.Fingerprint)
        {
            next.Unload();
            return null;
        }

        try
        {
            PluginSet others = former is null ? Set : Set.Without(former);
            return new PluginUpdate(this, former, next, others.With(next));
        }
        catch
        {
            next.Unload();
            throw;
        }
    }

    /// <summary>Has an update serve from now on.</summary>
    public void Commit(PluginUpdate update)
    {
        Set = update.Set;
        lock (_plugins)
        {
            _plugins.RemoveAll(plugin => plugin.Directory == update.Next.Folder.Root);
            _plugins.Add(update.Next.Description);
        }
    }

    /// <summary>Lets a version go that serves nothing any more, and waits a moment for the collector to take it.</summary>
    /// <returns>Whether its code left the memory.</returns>
    public Task<bool> RetireAsync(LoadedPlugin former) => _remains.UnloadAsync(former);

    /// <summary>Unloads every plugin. Their connectors must be disposed of before.</summary>
    public void Dispose()
    {
        IReadOnlyList<LoadedPlugin> loaded = Set.Plugins;
        Set = new PluginSet([]);
        foreach (LoadedPlugin plugin in loaded)
            plugin.Unload();
        _stage.Dispose();
    }

    private static string Normalize(string directory) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));

    private PluginFolder Find(string name)
    {
        if (_site is not null && PluginFolder.Find(_site.Directory, name, builtIn: false) is { } own)
            return own;
        return PluginFolder.Find(_builtInDirectory, name, builtIn: true)
            ?? throw new PluginRefusedException($"There is no plugin folder {name} in {(_site is null ? _builtInDirectory : $"{_site.Directory} or {_builtInDirectory}")}.");
    }

    private void LoadFrom(string directory, bool builtIn)
    {
        PluginFolder[] folders = [];
        try
        {
            folders = [.. PluginFolder.In(directory, builtIn)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _logger.LogWarning("No plugins from {Directory}: {Reason}", directory, exception.Message);
        }

        foreach (PluginFolder folder in folders)
            Add(folder);
    }

    private void Add(PluginFolder folder)
    {
        LoadedPlugin? plugin = null;
        try
        {
            plugin = OpenOrRefuse(folder);
            Set = Set.With(plugin);
            _plugins.Add(plugin.Description);
            _logger.LogInformation("Plugin {Name} {Version} provides {Types}", plugin.Description.Name, plugin.Description.Version, plugin.Description.Types);
        }
        catch (PluginRefusedException refusal)
        {
            plugin?.Unload();
            _plugins.Add(PluginOpener.Describe(folder, refusal.Status, refusal.Message));
            _logger.LogError("Plugin {Folder} does not serve: {Reason}", folder.Root, refusal.Message);
        }
    }

    /// <summary>Whatever a stranger's files and code throw concerns their folder alone.</summary>
    /// <exception cref="PluginStageException">The machine does not take the copy: that concerns them all.</exception>
    private LoadedPlugin OpenOrRefuse(PluginFolder folder)
    {
        try
        {
            return _opener.Open(folder);
        }
        catch (Exception exception) when (exception is not (PluginRefusedException or PluginStageException))
        {
            throw new PluginRefusedException(
                $"Loading failed with {exception.GetType().Name}: {exception.Message} Replace the folder with the output of 'dotnet publish'.");
        }
    }
}
