using System.Reflection;
using AuditHost.Sdk;
using McMaster.NETCore.Plugins;

namespace AuditHost.Plugins;

/// <summary>A loaded plugin in a load context of its own. The only place that knows the loading library.</summary>
internal sealed class PluginHandle : IDisposable
{
    private readonly PluginLoader _loader;

    private PluginHandle(PluginLoader loader, IReadOnlyList<PluginFactory> factories)
    {
        _loader = loader;
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
            return new PluginHandle(loader, PluginFactories.Create(assembly));
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
    public void Unload()
    {
        Factories = [];
        _loader.Dispose();
    }

    public void Dispose() => Unload();

    private static void Configure(PluginConfig config)
    {
        // From memory, because a mapped file that is overwritten in place takes the process down. Without hot reload, because it
        // unloads before the lanes have drained, and misses a file that is replaced by renaming.
        config.LoadInMemory = true;
        config.EnableHotReload = false;
    }
}
