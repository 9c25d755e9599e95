using AuditHost.Configuration.Options;
using AuditHost.Plugins.Trust;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Plugins;

/// <summary>A built-in and a site's plugins directory, filled with copies of the built test plugins.</summary>
internal sealed class PluginDirectories : IDisposable
{
    private static readonly string Configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("audithost-test-");

    public PluginDirectories()
    {
        Directory.CreateDirectory(BuiltIn);
        Directory.CreateDirectory(Site);
    }

    /// <summary>The plugins beside the built host.</summary>
    public static string OfHost => Artifacts("bin", "AuditHost", Configuration, "plugins");

    public string BuiltIn => Path.Combine(_root.FullName, "built-in");

    public string Site => Path.Combine(_root.FullName, "site");

    public string LockFile => Site + ".lock";

    /// <summary>The site's own, with its lock file.</summary>
    public PluginOptions Options => new(Site, LockFile);

    public static string Built(string name) => Artifacts("test-plugins", Configuration, name);

    /// <summary>The same plugin's next version.</summary>
    public static string BuiltNext(string name) => Artifacts("test-plugins", Configuration + "-next", name);

    /// <summary>Copies a test plugin into a directory, with what vouches for it there, and returns its folder.</summary>
    public static string Place(string name, string directory)
    {
        Copy(Built(name), Path.Combine(directory, name));
        File.Copy(Built(name) + PluginTrust.ManifestEnding, Path.Combine(directory, name + PluginTrust.ManifestEnding));
        return Path.Combine(directory, name);
    }

    /// <summary>Copies a test plugin into the site's directory and returns its folder. Nobody trusts it yet.</summary>
    public string Place(string name)
    {
        Copy(Built(name), Path.Combine(Site, name));
        return Path.Combine(Site, name);
    }

    /// <summary>Replaces a folder's files by another build's.</summary>
    public static void Copy(string source, string target)
    {
        if (Directory.Exists(target))
            Directory.Delete(target, recursive: true);
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public static void LetEverybodyWrite(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps access lists.");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.OtherWrite);
    }

    /// <summary>Trusts a folder as it is, as <c>plugins trust</c> does.</summary>
    public void Trust(string name) => PluginLock.Read(LockFile).Trust(name, FolderSums.Of(new PluginFolder(Path.Combine(Site, name), BuiltIn: false)));

    /// <summary>Trusts whatever lies there and can be trusted, and loads it.</summary>
    public PluginCatalogue Load()
    {
        foreach (PluginFolder folder in Directory.Exists(Site) ? PluginFolder.In(Site, builtIn: false) : [])
        {
            try
            {
                Trust(folder.Name);
            }
            catch (PluginRefusedException)
            {
                // The catalogue gives the reason.
            }
        }

        return LoadAsTrusted();
    }

    /// <summary>Loads what is trusted.</summary>
    public PluginCatalogue LoadAsTrusted() => PluginCatalogue.Load(BuiltIn, Options, NullLogger.Instance);

    public void Dispose() => _root.Delete(recursive: true);

    private static string Artifacts(params string[] parts) =>
        Path.GetFullPath(Path.Combine([AppContext.BaseDirectory, "..", "..", "..", .. parts]));
}
