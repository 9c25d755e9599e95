using System.Diagnostics;

namespace AuditHost.Load;

/// <summary>A build of this repository's host. Everything in it is durable.</summary>
internal sealed class AuditHostShipper(string executable, string name) : IShipper
{
    /// <summary>What the build that is measured is called.</summary>
    public const string UsualName = "audithost";

    public string Name => name;

    public string Configuration => SiteFile.Name;

    public string Executable => executable;

    /// <summary>Finds a build.</summary>
    /// <param name="folder">A folder with the executable in it, or a repository that was built; release comes first.</param>
    /// <param name="name">What it is called in the results.</param>
    /// <returns><see langword="null"/> where there is none.</returns>
    public static AuditHostShipper? Find(string folder, string name)
    {
        string builds = Path.Combine(folder, "artifacts", "bin", "AuditHost");
        return new[] { folder, Path.Combine(builds, "release"), Path.Combine(builds, "debug") }
            .Select(build => Path.GetFullPath(Path.Combine(build, "audithost")))
            .Where(File.Exists)
            .Select(executable => new AuditHostShipper(executable, name))
            .FirstOrDefault();
    }

    public string? Objection(InputKind input) => null;

    public async Task<ShipperProcess> StartAsync(Route route)
    {
        int http = route.Input == InputKind.Http ? route.Port : Port.Free();
        string site = SiteFile.Write(route.Folder, http, SiteFile.Source(route), SiteFile.UsualJournal, route.Targets.Select(SiteFile.Destination));
        bool once = route.Input == InputKind.StandardInput;

        // Where it reads standard input, the pipe keeps what it is not yet ready for.
        return await Start(site, once).ReadyAsync(once ? null : http);
    }

    /// <summary>Starts it on a site file.</summary>
    /// <param name="site">The file.</param>
    /// <param name="once">Whether it ends with its standard input.</param>
    /// <param name="environment">Variables that the file names.</param>
    public ShipperProcess Start(string site, bool once = false, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(executable, once ? ["run", "--once", "--config", site] : ["run", "--config", site]) { WorkingDirectory = Path.GetDirectoryName(site) };
        foreach ((string variable, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[variable] = value;
        return new ShipperProcess(start, name, once);
    }
}
