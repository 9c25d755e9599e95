using AuditHost.Sdk;

namespace AuditHost.Plugins;

/// <summary>A plugin that serves: the private copy it was loaded from, and what it provides.</summary>
internal sealed class LoadedPlugin(PluginFolder folder, PluginFolder copy, IPluginHandle handle, PluginDescription description, string fingerprint)
{
    /// <summary>The folder in the plugins directory.</summary>
    public PluginFolder Folder => folder;

    /// <summary>The copy that it was loaded from.</summary>
    public PluginFolder Copy => copy;

    public PluginDescription Description { get; } = description;

    /// <summary>One text for all of its files' sums: another where any of them is another.</summary>
    public string Fingerprint => fingerprint;

    /// <summary>Empty once it is unloaded.</summary>
    public IReadOnlyList<PluginFactory> Factories => handle.Factories;

    /// <summary>Why it cannot be unloaded; <see langword="null"/> where it can.</summary>
    public string? PinnedBy => Description.PinnedBy;

    /// <summary>Lets it go and removes its copy. Whatever came from it must be disposed of before.</summary>
    /// <returns>Alive as long as its code is in memory.</returns>
    public WeakReference Unload()
    {
        WeakReference context = handle.Unload();
        PluginStage.Remove(copy);
        return context;
    }
}
