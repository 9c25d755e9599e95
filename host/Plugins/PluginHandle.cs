using System.Reflection;
using System.Runtime.Loader;
using AuditHost.Sdk;
using McMaster.NETCore.Plugins;

namespace AuditHost.Plugins;

/// <summary>A loaded plugin in a load context of its own. The only place that knows the loading library.</summary>
internal sealed class PluginHandle : IPluginHandle, IDisposable
{
    private PluginLoader? _loader;
    private readonly WeakReference _context;

    private PluginHandle(PluginLoader loader, Assembly assembly, IReadOnlyList<PluginFactory> factories)
    {
        _loader = loader;
        _context = new WeakReference(AssemblyLoadContext.GetLoadContext(assembly));
        Factories = factories;
    }

    /// <summary>What the plugin provides; empty once it is unloaded.</summary>
    public IReadOnlyList<PluginFactory> Factories { get; private set; }

    /// <exception cref="PluginRefusedException">A factory cannot be created.</exception>
    public static PluginHandle Load(string mainAssembly)
    {
        PluginLoader loader = PluginLoader.CreateFromAssemblyFile(mainAssembly, isUnloadable: true, [typeof(PluginFactory)], Configure);
        try
        {
            // Once only: after the file was replaced, a second call fails with "same name already loaded".
            Assembly assembly = loader.LoadDefaultAssembly();
            return new PluginHandle(loader, assembly, PluginFactories.Create(assembly));
        }
        catch
        {
            loader.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Lets the plugin go. Its memory returns once the last connector, formatter and factory of it is unreachable, so dispose
    /// of the connectors before.
    /// </summary>
    /// <returns>Alive as long as its code is in memory.</returns>
    public WeakReference Unload()
    {
        Factories = [];
        _loader?.Dispose();

        // It holds the context: whoever still has this handle must not keep the plugin.
        _loader = null;
        return _context;
    }

    public void Dispose() => Unload();

    private static void Configure(PluginConfig config)
    {
        // From the file, which is the stage's copy and never written again: from memory the library would leave a copy of each native
        // library behind. Without hot reload, because it unloads before the lanes have drained, and misses a file that is replaced by renaming.
        config.LoadInMemory = false;
        config.EnableHotReload = false;
    }
}
