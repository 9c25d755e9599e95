using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using AuditHost.Template;

[assembly: AssemblyFixture(typeof(Workshop))]

namespace AuditHost.Template;

/// <summary>
/// A stranger's machine: a home of its own with the packed SDK in it, the templates installed, the host on the path, and a feed
/// that holds xunit and nothing else. Made once for all tests.
/// </summary>
public sealed class Workshop : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("audithost-template-");

    public string Home => _root.FullName;

    /// <summary>What <c>sdk/pack</c> left.</summary>
    public string Packages => Path.Combine(Home, "packages");

    private static string PackageCache { get; } =
        typeof(Workshop).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(pair => pair.Key == "NuGetPackageRoot").Value!;

    private string Feed => Path.Combine(Home, "feed");

    public async ValueTask InitializeAsync()
    {
        await PackAsync(Packages);
        MakeFeed();
        Furnish(Home);
        (await RunAsync(Home, $"dotnet new install {Packages}/AuditHost.Templates.1.0.0.nupkg")).Expect(0);
    }

    public ValueTask DisposeAsync()
    {
        _root.Delete(recursive: true);
        return default;
    }

    /// <summary>Packs into a folder, as a maintainer does, with the machine's own settings.</summary>
    public static async Task PackAsync(string folder) =>
        (await RunAsync(new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "sdk", "pack"), folder]))).Expect(0);

    /// <summary>Packs another clone, with what it downloads kept out of the machine's cache.</summary>
    public Task<CommandResult> PackAsync(string repository, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(repository, "sdk", "pack"), .. arguments]);
        start.Environment["NUGET_PACKAGES"] = Path.Combine(Home, "nuget-of-a-maintainer");
        start.Environment["NUGET_FALLBACK_PACKAGES"] = PackageCache;
        return RunAsync(start);
    }

    /// <summary>A home of another stranger, with the packages in it and no templates installed.</summary>
    public string MakeHome(string name)
    {
        string home = Directory.CreateDirectory(Path.Combine(Home, name)).FullName;
        Directory.CreateSymbolicLink(Path.Combine(home, "packages"), Packages);
        Furnish(home);
        return home;
    }

    /// <summary>Runs a command line in a folder.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="command">What runs.</param>
    /// <param name="home">Whose home it is; the workshop's own unless given.</param>
    public Task<CommandResult> RunAsync(string folder, string command, string? home = null) => RunAsync(StartInfo(folder, command, home ?? Home));

    /// <summary>Starts a command line that stays.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="command">What runs.</param>
    /// <param name="home">Whose home it is.</param>
    /// <param name="printed">Is told each line that it prints.</param>
    public Process Start(string folder, string command, string home, Action<string> printed)
    {
        ProcessStartInfo start = StartInfo(folder, $"exec {command}", home);
        start.RedirectStandardOutput = true;
        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
                printed(text);
        };
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>Makes a project of a template and returns its folder.</summary>
    public async Task<string> NewAsync(string template, string name, string options = "")
    {
        string folder = Directory.CreateDirectory(Path.Combine(Home, Guid.NewGuid().ToString("N"))).FullName;
        (await RunAsync(folder, $"dotnet new {template} -n {name} --packages {Packages} {options}")).Expect(0);
        return Path.Combine(folder, name);
    }

    private ProcessStartInfo StartInfo(string folder, string command, string home)
    {
        var start = new ProcessStartInfo("bash", ["-c", command]) { WorkingDirectory = folder };
        start.Environment["HOME"] = home;
        start.Environment["NUGET_PACKAGES"] = Path.Combine(Home, "nuget");
        start.Environment["PATH"] = $"{Repository.HostFolder}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach (string unwanted in new[] { "DOTNET_CLI_HOME", "CI", "AUDITHOST_CONFIG" })
            start.Environment.Remove(unwanted);
        return start;
    }

    private static bool IsOfTheRunner(string variable) =>
        variable.StartsWith("TESTINGPLATFORM", StringComparison.Ordinal) || variable.StartsWith("MSBuild", StringComparison.Ordinal);

    private static async Task<CommandResult> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";

        // What the test's own runner was told is not meant for the runs inside.
        foreach (string inherited in start.Environment.Keys.Where(IsOfTheRunner).ToArray())
            start.Environment.Remove(inherited);
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>The packages that this test project was restored with are those that the generated tests need.</summary>
    private void MakeFeed()
    {
        Directory.CreateDirectory(Feed);
        using JsonDocument locked = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "packages.lock.json")));
        foreach (JsonProperty package in locked.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject())
        {
            string id = package.Name.ToLowerInvariant(), version = package.Value.GetProperty("resolved").GetString()!;
            File.Copy(Path.Combine(PackageCache, id, version, $"{id}.{version}.nupkg"), Path.Combine(Feed, $"{id}.{version}.nupkg"));
        }
    }

    /// <summary>Knows no feed but the folder.</summary>
    private void Furnish(string home)
    {
        string settings = Directory.CreateDirectory(Path.Combine(home, ".nuget", "NuGet")).FullName;
        File.WriteAllText(Path.Combine(settings, "NuGet.Config"), $"""<configuration><packageSources><clear /><add key="feed" value="{Feed}" /></packageSources></configuration>""");
    }
}
