using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Options;

namespace AuditHost.Configuration.Binding;

/// <summary>Reads <c>host.plugins</c>.</summary>
internal static class PluginBinder
{
    private const string LockEnding = ".lock";

    public static PluginOptions? Bind(Section? host)
    {
        if (host?.GetSection(HostKeys.Plugins) is not { } plugins || plugins.GetPath(PluginKeys.Directory) is not { } directory)
            return null;
        string lockFile = plugins.GetPath(PluginKeys.LockFile) ?? Path.TrimEndingDirectorySeparator(directory) + LockEnding;
        return new PluginOptions(directory, lockFile)
        {
            Publishers = plugins.GetFiles(PluginKeys.Publishers) ?? [],
            Isolation = IsolationBinder.Bind(plugins, PluginKeys.Isolation),
        };
    }
}
