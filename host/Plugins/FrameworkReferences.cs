using System.Collections.Frozen;

namespace AuditHost.Plugins;

/// <summary>The assemblies of the shared frameworks, which a plugin need not bring.</summary>
internal static class FrameworkReferences
{
    /// <summary>
    /// The simple names. The host's own packages are not among them: the runtime would hand them to a plugin that forgot its
    /// copy, which then breaks with the host's next update.
    /// </summary>
    public static FrozenSet<string> Names { get; } = Read();

    private static FrozenSet<string> Read()
    {
        string trusted = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? string.Empty;
        string[] paths = trusted.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);

        // A self-contained host has the framework in its own folder, where the two cannot be told apart.
        bool selfContained = IsIn(own, typeof(object).Assembly.Location);
        return paths
            .Where(path => selfContained || !IsIn(own, path))
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsIn(string folder, string path) => string.Equals(Path.GetDirectoryName(path), folder, StringComparison.Ordinal);
}
