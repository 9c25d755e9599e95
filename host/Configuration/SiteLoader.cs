using System.Security.Cryptography;
using AuditHost.Configuration.Binding;
using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Options;
using AuditHost.Configuration.Secrets;
using AuditHost.Configuration.Settings;
using AuditHost.Configuration.Yaml;
using AuditHost.Plugins;
using AuditHost.Sdk;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace AuditHost.Configuration;

/// <summary>Reads a site file: bytes, tree, options, the plugins' own checks. Finds every error of the file in one go.</summary>
internal static class SiteLoader
{
    /// <summary>Reads and checks a site file. Nothing is opened or started but the files it names.</summary>
    /// <param name="path">The file, named in messages as it is named here.</param>
    /// <param name="catalogue">The plugins at hand.</param>
    /// <param name="environment">Gives an environment variable, or <see langword="null"/> where it is not set.</param>
    /// <param name="contextFor">What a connector is created with for its own checks, and the log that takes its warnings; without it they are left out. Disposed of where it can be.</param>
    /// <param name="isolated">Has a connector check its settings in a process of its own, where it is to run in one.</param>
    /// <param name="compileTemplate">Says why a template does not compile; without it the host's own compiler is asked.</param>
    public static async Task<SiteLoadResult> LoadAsync(
        string path,
        IPluginCatalogue catalogue,
        Func<string, string?> environment,
        Func<DestinationOptions, ILogger, PluginContext>? contextFor = null,
        Func<DestinationOptions, ConnectorFactory, ILogger, Task>? isolated = null,
        Func<TemplateOptions, string?>? compileTemplate = null)
    {
        var diagnostics = new DiagnosticList();
        if (YamlSource.ReadBytes(path, diagnostics) is not { } bytes || Parse(bytes, path, diagnostics) is not { } root)
            return new SiteLoadResult(null, diagnostics.InFileOrder());

        string file = Path.GetFullPath(path);
        Reading reading = CreateReading(file, environment, diagnostics);
        var binder = new SiteBinder(catalogue, reading, compileTemplate ?? TemplateCheck.Compile);
        (SiteOptions site, IReadOnlyList<BoundDestination> destinations) = binder.Bind(root, file, RevisionOf(bytes));
        CheckFileMode(path, file, reading);
        if (contextFor is not null)
        {
            var checks = new PluginChecks(contextFor, isolated, new Redactor(site.Secrets), diagnostics);
            foreach (BoundDestination destination in destinations)
                await checks.CheckAsync(destination);
        }

        return new SiteLoadResult(diagnostics.ErrorCount == 0 ? site : null, diagnostics.InFileOrder());
    }

    /// <summary>
    /// What the file says of this machine, as far as it can be read: the catalogue must be at hand before the file can be checked. Errors are
    /// left to <see cref="LoadAsync"/>.
    /// </summary>
    /// <returns><see langword="null"/> where there is no such file, or it is no YAML.</returns>
    public static HostOptions? FindHost(string path, Func<string, string?> environment) => FindHost(path, environment, new DiagnosticList());

    /// <summary>The data directory, by which a running host is found whatever has become of the rest of its file.</summary>
    /// <returns><see langword="null"/> where the file does not say it for certain.</returns>
    public static string? FindDataDirectory(string path, Func<string, string?> environment)
    {
        var diagnostics = new DiagnosticList();
        return FindHost(path, environment, diagnostics) is { } host && diagnostics.ErrorCount == 0 ? host.DataDirectory : null;
    }

    /// <summary>The folder of the site's own templates, absolute, for commands that need no sound site file, nor any. Errors are left to <see cref="LoadAsync"/>.</summary>
    public static string FindTemplateDirectory(string path, Func<string, string?> environment) =>
        FindHost(path, environment)?.TemplateDirectory ?? HostBinder.DefaultTemplateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);

    private static HostOptions? FindHost(string path, Func<string, string?> environment, DiagnosticList diagnostics)
    {
        if (YamlSource.ReadBytes(path, diagnostics) is not { } bytes || Parse(bytes, path, diagnostics) is not { } root)
            return null;
        Reading reading = CreateReading(Path.GetFullPath(path), environment, diagnostics);
        return HostBinder.Bind(Section.Open(root, SiteKeys.Set, string.Empty, reading).GetSection(SiteKeys.Host), reading.BaseDirectory);
    }

    private static YamlMapping? Parse(byte[] bytes, string path, DiagnosticList diagnostics) =>
        YamlSource.Decode(bytes, path, diagnostics) is { } text ? YamlTree.Parse(text, path, diagnostics) : null;

    private static Reading CreateReading(string file, Func<string, string?> environment, DiagnosticList diagnostics)
    {
        string baseDirectory = Path.GetDirectoryName(file)!;
        var secrets = new SecretSet();
        return new Reading(diagnostics, new Expander(environment, baseDirectory, secrets, diagnostics), secrets, baseDirectory);
    }

    private static string RevisionOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];

    private static void CheckFileMode(string path, string file, Reading reading)
    {
        using SafeFileHandle handle = File.OpenHandle(file);
        if (FileModes.IsWritableByOthers(handle))
            reading.Diagnostics.Error(new SourceLocation(path, 0, 0), string.Empty, "others than the owner can write this file; chmod go-w it");
        if (!FileModes.IsReadableByAll(handle))
            return;
        foreach ((SourceLocation location, string key) in reading.LiteralSecrets)
            reading.Diagnostics.Warning(
                location, key, "a secret in a file that everybody on this machine can read; use ${NAME} or ${file:PATH}, or chmod o-r the file");
    }
}
