using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Plugins;

/// <summary>A built-in and a site's plugins directory, filled with copies of the built test plugins.</summary>
internal sealed class PluginDirectories : IDisposable
{
    private static readonly string Configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("audithost-plugins-");

    public PluginDirectories()
    {
        Directory.CreateDirectory(BuiltIn);
        Directory.CreateDirectory(Site);
    }

    /// <summary>The plugins beside the built host.</summary>
    public static string OfHost => Artifacts("bin", "AuditHost", Configuration, "plugins");

    public string BuiltIn => Path.Combine(_root.FullName, "built-in");

    public string Site => Path.Combine(_root.FullName, "site");

    public static string Built(string name) => Artifacts("test-plugins", Configuration, name);

    /// <summary>Copies a test plugin into a directory and returns its folder.</summary>
    public static string Place(string name, string directory)
    {
        string source = Built(name);
        string target = Path.Combine(directory, name);
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return target;
    }

    /// <summary>Copies a test plugin into the site's directory and returns its folder.</summary>
    public string Place(string name) => Place(name, Site);

    public PluginCatalogue Load() => PluginCatalogue.Load(BuiltIn, Site, NullLogger.Instance);

    public void Dispose() => _root.Delete(recursive: true);

    private static string Artifacts(params string[] parts) =>
        Path.GetFullPath(Path.Combine([AppContext.BaseDirectory, "..", "..", "..", .. parts]));
}
