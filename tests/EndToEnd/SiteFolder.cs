using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace AuditHost.EndToEnd;

/// <summary>A temporary folder with a site in it.</summary>
internal sealed class SiteFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("audithost-e2e-").FullName;

    public int Port { get; } = FreePort();

    /// <summary>What a test's site file says of this machine; indented lines may follow.</summary>
    public string HostSection => $"""
        host:
          data_dir: ./data
          http: {"{"} listen: "127.0.0.1:{Port}" {"}"}
        """;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllText(File(name), text);
    }

    /// <summary>Writes <c>site.yaml</c>: the host's section with its sources, then the integration's.</summary>
    public void WriteSite(string integration, string sources = "[{ type: http }]", string host = "") =>
        Write("site.yaml", $"{HostSection}\n  sources: {sources}\n{host}\nenterprise_integration:\n{integration}\n");

    public string[] Lines(string name) => System.IO.File.Exists(File(name)) ? System.IO.File.ReadAllLines(File(name)) : [];

    /// <summary>What a source has kept as no event: its origin, its whole length, why, and its first bytes.</summary>
    public (string Origin, long Length, string Reason, byte[] Data)[] Rejected(string source) =>
    [
        .. Lines(System.IO.Path.Combine("data", "rejected", source + ".jsonl")).Select(line => JsonDocument.Parse(line).RootElement).Select(piece =>
            (piece.GetProperty("origin").GetString()!, piece.GetProperty("length").GetInt64(), piece.GetProperty("reason").GetString()!, piece.GetProperty("data").GetBytesFromBase64())),
    ];

    /// <summary>How often each event stands in a file that a destination writes.</summary>
    public IReadOnlyDictionary<string, int> Arrived(string name) => TestEvents.IdsIn(System.IO.File.ReadAllText(File(name))).CountBy(id => id).ToDictionary();

    public Task<CommandResult> RunAsync(params string[] arguments) => AuditHostCommand.RunAsync(Path, arguments);

    public void CopySamples()
    {
        foreach (string source in Repository.SampleFiles())
        {
            string target = File(System.IO.Path.GetRelativePath(Repository.Samples, source));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            System.IO.File.Copy(source, target);
        }
    }

    /// <summary>Trusts an installed plugin, as an operator does.</summary>
    public async Task<CommandResult> TrustAsync(string plugin) => (await RunAsync("plugins", "trust", plugin, "--config", "site.yaml")).Expect(0);

    /// <summary>Installs a plugin that is built for tests alone under the site's <c>plugins</c>, instead of what lay there.</summary>
    /// <param name="testPlugin">The plugin.</param>
    /// <param name="next">Whether its next version is meant.</param>
    public void Install(string testPlugin, bool next = false)
    {
        string target = File(System.IO.Path.Combine("plugins", testPlugin));
        if (Directory.Exists(target))
            Directory.Delete(target, recursive: true);
        Directory.CreateDirectory(target);
        foreach (string source in Directory.EnumerateFiles(Repository.TestPlugin(testPlugin, next)))
            System.IO.File.Copy(source, System.IO.Path.Combine(target, System.IO.Path.GetFileName(source)));
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
