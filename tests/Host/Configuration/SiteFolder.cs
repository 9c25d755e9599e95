using AuditHost.Configuration;
using AuditHost.Configuration.Options;
using AuditHost.Plugins;
using AuditHost.Sdk;
using Microsoft.Extensions.Logging;

namespace AuditHost.Tests.Configuration;

/// <summary>A folder with a site file, and the environment it is read in.</summary>
internal sealed class SiteFolder : IDisposable
{
    public SiteFolder(string yaml)
    {
        File = Path.Combine(Directory, "site.yaml");
        System.IO.File.WriteAllText(File, yaml);
        SetMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("audithost-site-").FullName;

    public string File { get; }

    public Dictionary<string, string?> Environment { get; } = [];

    public Func<DestinationOptions, ILogger, PluginContext>? ContextFor { get; init; }

    public Func<TemplateOptions, string?> CompileTemplate { get; init; } = static _ => null;

    public static async Task<SiteLoadResult> LoadAsync(string yaml, IPluginCatalogue? catalogue = null, params (string Name, string Value)[] environment)
    {
        using var folder = new SiteFolder(yaml);
        foreach ((string name, string value) in environment)
            folder.Environment[name] = value;
        return await folder.LoadAsync(catalogue);
    }

    public Task<SiteLoadResult> LoadAsync(IPluginCatalogue? catalogue = null) =>
        SiteLoader.LoadAsync(File, catalogue ?? FakePlugins.Catalogue(), Environment.GetValueOrDefault, ContextFor, compileTemplate: CompileTemplate);

    public string Add(string name, string content, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        string path = Path.Combine(Directory, name);
        System.IO.File.WriteAllText(path, content);
        SetMode(path, mode);
        return path;
    }

    public static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(path, mode);
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
