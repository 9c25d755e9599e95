namespace AuditHost.Load;

/// <summary>rsyslog, configured by the pieces in <c>peers/rsyslog</c>.</summary>
/// <param name="root">The repository.</param>
/// <param name="disk">Whether its queue lies on disk and is synced with each event, or in memory.</param>
internal sealed class RsyslogShipper(string root, bool disk) : IShipper
{
    public const string MemoryName = "rsyslog";
    public const string DiskName = "rsyslog-disk";

    private const string HttpModule = "omelasticsearch.so";

    private readonly UnpackedDaemon _daemon = new(root, "rsyslog");
    private readonly Template _pieces = new(Path.Combine(root, "tests", "Load", "peers", "rsyslog"));

    public string Name => disk ? DiskName : MemoryName;

    public string Configuration => "rsyslog.conf";

    public string? Objection(InputKind input) => input switch
    {
        InputKind.Http => "Debian 12 has no module for it that takes events over HTTP",
        InputKind.StandardInput => "it has no module that reads standard input",
        _ => _daemon.Has(HttpModule) ? null : "it is not there: run tests/install",
    };

    public async Task<ShipperProcess> StartAsync(Route route)
    {
        string path = Path.Combine(route.Folder, Configuration);
        await File.WriteAllTextAsync(path, Compose(route));
        var process = new ShipperProcess(_daemon.Command("usr/sbin/rsyslogd", route.Folder, "-n", "-i", "none", "-M", _daemon.Modules(HttpModule), "-f", path), Name);
        return await process.ReadyAsync(route.ListeningPort);
    }

    private string Compose(Route route)
    {
        // With one target its worker takes from the ruleset's queue. With more, each has a queue of its own, so that none waits for another;
        // on disk that would write every event once for each.
        bool queues = route.Targets.Count > 1 && !disk;
        string queue = queues ? _pieces.Fill("queue-none.conf") : _pieces.Fill(disk ? "queue-disk.conf" : "queue-memory.conf");
        (string parser, string form) = route.Input == InputKind.Syslog ? ("rsyslog.rfc5424", "asReceived") : ("rsyslog.rfc3164", "asSyslog");
        return _pieces.Fill(
            "rsyslog.conf",
            ("folder", route.Folder),
            ("parser", parser),
            ("queue", queue),
            ("input", _pieces.Fill($"input-{route.Input.ToString().ToLowerInvariant()}.conf", ("port", route.Port), ("path", route.InputPath))),
            ("outputs", string.Join("\n", route.Targets.Select(target => _pieces.Fill(
                $"output-{target.Kind.ToString().ToLowerInvariant()}.conf",
                ("port", target.Port),
                ("path", target.Path),
                ("form", form),
                ("sync", disk ? "on" : "off"),
                ("queue", queues ? _pieces.Fill("queue-memory.conf") : ""))))));
    }
}
