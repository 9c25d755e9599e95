namespace AuditHost.Plugins;

/// <summary>Versions of plugins that were let go and are still in memory: something holds one of their objects, types or threads.</summary>
internal sealed class PluginRemains
{
    /// <summary>The collector needs a few rounds: what a finalizer of one lets go of the next collects.</summary>
    private const int Rounds = 12;

    private readonly List<(string Plugin, WeakReference Context)> _unloaded = [];

    /// <summary>How many former versions of a plugin are still there.</summary>
    public int CountOf(string plugin)
    {
        lock (_unloaded)
        {
            _unloaded.RemoveAll(entry => !entry.Context.IsAlive);
            return _unloaded.Count(entry => entry.Plugin == plugin);
        }
    }

    /// <summary>Unloads a plugin and has the collector look for it.</summary>
    /// <returns>Whether it is gone.</returns>
    public async Task<bool> UnloadAsync(LoadedPlugin plugin)
    {
        WeakReference context = plugin.Unload();
        lock (_unloaded)
            _unloaded.Add((plugin.Description.Name, context));
        for (int round = 0; context.IsAlive && round < Rounds; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();

            // Frames of whoever worked with the plugin a moment ago may still be on the way out.
            await Task.Yield();
        }

        return !context.IsAlive;
    }
}
