namespace AuditHost.Load;

/// <summary>syslog-ng, configured by the pieces in <c>peers/syslog-ng</c>.</summary>
/// <param name="root">The repository.</param>
/// <param name="disk">Whether each destination has a reliable buffer on disk, or a queue in memory.</param>
internal sealed class SyslogNgShipper(string root, bool disk) : IShipper
{
    public const string MemoryName = "syslog-ng";
    public const string DiskName = "syslog-ng-disk";

    private const string HttpModule = "libhttp.so";

    private readonly UnpackedDaemon _daemon = new(root, "syslog-ng");
    private readonly Template _pieces = new(Path.Combine(root, "tests", "Load", "peers", "syslog-ng"));

    public string Name => disk ? DiskName : MemoryName;

    public string Configuration => "syslog-ng.conf";

    public string? Objection(InputKind input) => input switch
    {
        InputKind.Http => "version 3.38 has no source that takes events over HTTP",
        InputKind.StandardInput => "its source for standard input is not part of this test",
        _ => _daemon.Has(HttpModule) ? null : "it is not there: run tests/install",
    };

    public async Task<ShipperProcess> StartAsync(Route route)
    {
        string path = Path.Combine(route.Folder, Configuration);
        await File.WriteAllTextAsync(path, Compose(route));
        string state = Path.Combine(route.Folder, "syslog-ng");
        var process = new ShipperProcess(
            _daemon.Command(
                "usr/sbin/syslog-ng", route.Folder, "-F", "--no-caps", "-f", path, "--module-path", _daemon.Modules(HttpModule), "-p", $"{state}.pid", "-c", $"{state}.ctl", "-R", $"{state}.persist"),
            Name);
        return await process.ReadyAsync(route.ListeningPort);
    }

    private string Compose(Route route)
    {
        string buffer = disk ? _pieces.Fill("buffer-disk.conf", ("folder", route.Folder)) : _pieces.Fill("buffer-memory.conf");
        bool relayed = route.Input == InputKind.Syslog;
        return _pieces.Fill(
            "syslog-ng.conf",
            ("input", _pieces.Fill($"input-{route.Input.ToString().ToLowerInvariant()}.conf", ("port", route.Port), ("path", route.InputPath))),
            ("outputs", string.Join("\n", route.Targets.Select((target, number) => _pieces.Fill(
                $"output-{target.Kind.ToString().ToLowerInvariant()}.conf",
                ("number", number),
                ("port", target.Port),
                ("path", target.Path),
                ("event", relayed ? "${RAWMSG}" : "${MESSAGE}"),
                ("form", relayed ? "${RAWMSG}" : "<134>1 ${ISODATE} load audit - - - ${MESSAGE}"),
                ("sync", disk ? "yes" : "no"),
                ("buffer", buffer))))),
            ("destinations", string.Concat(route.Targets.Select((_, number) => $"destination(target_{number}); "))));
    }
}
