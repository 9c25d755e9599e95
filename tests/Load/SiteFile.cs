namespace AuditHost.Load;

/// <summary>A site in a folder of its own, that takes events over HTTP.</summary>
internal static class SiteFile
{
    /// <param name="folder">Where it and its data lie.</param>
    /// <param name="port">Where it takes events.</param>
    /// <param name="destinations">Their mappings, in flow style.</param>
    /// <returns>The file.</returns>
    public static string Write(string folder, int port, params IEnumerable<string> destinations)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, "site.yaml");
        string sinks = string.Concat(destinations.Select((destination, number) => $"    sink_{number}: {destination}\n"));
        File.WriteAllText(
            path,
            $$"""
            host:
              data_dir: ./data
              http: { listen: "127.0.0.1:{{port}}" }
              journal: { max_bytes: 16GiB, reserve_bytes: 256MiB }
              sources:
                - { type: http }
            enterprise_integration:
              log_aggregation:
            {{sinks}}
            """);
        return path;
    }
}
