using System.Diagnostics;
using System.Globalization;
using AuditHost.Configuration.Options;

namespace AuditHost.Isolation;

/// <summary>How a plugin's process is started: this very executable under a hidden command, with an environment of its own.</summary>
internal static class ProcessLaunch
{
    public const string CommandName = "plugin-host";

    /// <summary>Of the memory that a process may have, what its managed heap may take: then an allocation fails before the process is ended.</summary>
    private const double HeapShare = 0.7;

    /// <summary>What a runtime needs of the host's environment. Everything else stays with the host: it may hold other destinations' secrets.</summary>
    private static readonly string[] Inherited = ["DOTNET_ROOT", "PATH", "LANG", "LC_ALL", "TZ", "SSL_CERT_FILE", "SSL_CERT_DIR", "LD_LIBRARY_PATH"];

    public static ProcessStartInfo Create(IsolationOptions options, ProcessFolder folder)
    {
        (string program, string[] arguments) = Self();
        var start = new ProcessStartInfo(program, [.. arguments, CommandName, folder.Socket])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var inherited = Inherited
            .Select(name => (Name: name, Value: Environment.GetEnvironmentVariable(name)))
            .Where(variable => variable.Value is not null)
            .ToList();
        start.Environment.Clear();
        foreach ((string name, string? value) in inherited)
            start.Environment[name] = value;
        start.Environment["HOME"] = folder.Path;
        start.Environment["TMPDIR"] = folder.Path;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_GCHeapHardLimit"] = ((long)(options.MemoryBytes * HeapShare)).ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach ((string name, string value) in options.Environment)
            start.Environment[name] = value;
        return start;
    }

    /// <summary>The executable beside this assembly: under a test or <c>dotnet audithost.dll</c> the process is another program.</summary>
    private static (string Program, string[] Arguments) Self()
    {
        string apphost = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "audithost.exe" : "audithost");
        return File.Exists(apphost)
            ? (apphost, [])
            : (Environment.ProcessPath ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "audithost.dll")]);
    }
}
