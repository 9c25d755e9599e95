namespace AuditHost.Load;

/// <summary>A site in a folder of its own.</summary>
internal static class SiteFile
{
    public const string Name = "site.yaml";

    public const string UsualJournal = "{ type: embedded }";

    /// <summary>For what waits for a destination that is away.</summary>
    public const string LargeJournal = "{ max_bytes: 16GiB, reserve_bytes: 256MiB }";

    public const string HttpSource = "{ type: http }";

    /// <summary>A site that takes events over HTTP and has room for a backlog.</summary>
    public static string Write(string folder, int port, params IEnumerable<Target> targets) =>
        Write(folder, port, HttpSource, LargeJournal, targets.Select(Destination));

    /// <param name="folder">Where it and its data lie.</param>
    /// <param name="port">Where it listens for HTTP.</param>
    /// <param name="source">Its source's mapping, in flow style.</param>
    /// <param name="journal">Its journal's.</param>
    /// <param name="destinations">Its destinations'.</param>
    /// <returns>The file.</returns>
    public static string Write(string folder, int port, string source, string journal, IEnumerable<string> destinations) =>
        Write(folder, port, source, journal, destinations.Select((destination, number) => ($"sink_{number}", destination)));

    /// <param name="folder">Where it and its data lie.</param>
    /// <param name="port">Where it listens for HTTP.</param>
    /// <param name="source">Its source's mapping, in flow style.</param>
    /// <param name="journal">Its journal's.</param>
    /// <param name="destinations">Its destinations' names, which keep their places in the journal, and mappings.</param>
    /// <returns>The file.</returns>
    public static string Write(string folder, int port, string source, string journal, IEnumerable<(string Name, string Mapping)> destinations)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, Name);
        string sinks = string.Concat(destinations.Select(destination => $"    {destination.Name}: {destination.Mapping}\n"));
        File.WriteAllText(
            path,
            $$"""
            host:
              data_dir: ./data
              http: { listen: "127.0.0.1:{{port}}" }
              journal: {{journal}}
              sources:
                - {{source}}
            enterprise_integration:
              log_aggregation:
            {{sinks}}
            """);
        return path;
    }

    /// <summary>The mapping of a route's source.</summary>
    public static string Source(Route route) => route.Input switch
    {
        InputKind.Http => HttpSource,
        InputKind.StandardInput => "{ type: stdin }",
        InputKind.File => $"{{ type: file, path: \"{route.InputPath}\" }}",
        InputKind.Tcp => $"{{ type: tcp, listen: \"127.0.0.1:{route.Port}\" }}",
        _ => $"{{ type: syslog, listen: \"127.0.0.1:{route.Port}\" }}",
    };

    /// <summary>The mapping of a destination.</summary>
    public static string Destination(Target target) => target.Kind switch
    {
        TargetKind.File => $"{{ type: file, format: jsonl, path: \"{target.Path}\" }}",
        TargetKind.Webhook => $"{{ type: webhook, format: jsonl, endpoint: \"http://127.0.0.1:{target.Port}/\" }}",
        _ => $"{{ type: syslog, protocol: tcp, format: syslog_relay, server: \"127.0.0.1:{target.Port}\" }}",
    };
}
