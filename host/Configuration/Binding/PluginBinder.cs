using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Options;

namespace AuditHost.Configuration.Binding;

/// <summary>Reads <c>host.plugins</c>.</summary>
internal static class PluginBinder
{
    private const string LockEnding = ".lock";

    public static PluginOptions? Bind(Section host, string baseDirectory)
    {
        if (host.GetSection(HostKeys.Plugins) is not { } plugins)
            return null;
        string directory = plugins.GetPath(PluginKeys.Directory) ?? Path.Combine(baseDirectory, "plugins");
        string lockFile = plugins.GetPath(PluginKeys.LockFile) ?? Path.TrimEndingDirectorySeparator(directory) + LockEnding;
        return new PluginOptions(directory, lockFile)
        {
            Publishers = plugins.GetFiles(PluginKeys.Publishers) ?? [],
            Isolation = IsolationBinder.Bind(plugins, PluginKeys.Isolation),
        };
    }
}
