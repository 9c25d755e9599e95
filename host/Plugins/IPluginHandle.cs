using AuditHost.Sdk;

namespace AuditHost.Plugins;

/// <summary>A plugin at hand: loaded here, or asked in a process of its own.</summary>
internal interface IPluginHandle
{
    /// <summary>What it provides; empty once it is let go.</summary>
    IReadOnlyList<PluginFactory> Factories { get; }

    /// <summary>Lets it go.</summary>
    /// <returns>Alive as long as its code is in this process's memory.</returns>
    WeakReference Unload();
}
