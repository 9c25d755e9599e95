using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace AuditHost.Plugins.Tests;

/// <summary>A server of packages of npm, which others wrote, as a child process that tells in lines of JSON what it is sent.</summary>
internal sealed class NodeServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<JsonNode> _told = Channel.CreateUnbounded<JsonNode>();
    private readonly Task _reading;

    private NodeServer(Process process, int port)
    {
        _process = process;
        Port = port;
        _reading = ReadAsync();
    }

    public int Port { get; }

    /// <param name="script">The script, below the folder of the tests. It is given the folder of the packages and the settings, and says "port N" first.</param>
    /// <param name="settings">Its settings as JSON.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<NodeServer> StartAsync(string script, string settings, CancellationToken cancellationToken)
    {
        string modules = Path.Combine(Repository.Tool("npm-servers"), "node_modules");
        if (!Directory.Exists(Path.Combine(modules, "graphql-http")))
            Assert.Skip("The servers of npm are not installed: run tests/install");
        string path = Path.Combine(Repository.Root, "tests", "Plugins", script);
        Process process = Process.Start(new ProcessStartInfo("node", [path, modules, settings]) { RedirectStandardOutput = true })!;
        string? line = await process.StandardOutput.ReadLineAsync(cancellationToken);
        Assert.StartsWith("port ", line, StringComparison.Ordinal);
        return new NodeServer(process, int.Parse(line![5..], CultureInfo.InvariantCulture));
    }

    /// <summary>The next things that it was sent.</summary>
    public async Task<IReadOnlyList<JsonNode>> ReceiveAsync(int count, CancellationToken cancellationToken)
    {
        var told = new List<JsonNode>();
        while (told.Count < count)
            told.Add(await _told.Reader.ReadAsync(cancellationToken));
        return told;
    }

    /// <summary>Kills it, without a chance to say goodbye, and gives the rest of what it had told.</summary>
    public async Task<IReadOnlyList<JsonNode>> KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
        var rest = new List<JsonNode>();
        while (_told.Reader.TryRead(out JsonNode? one))
            rest.Add(one);
        return rest;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            // The last line of one that was killed may be cut off.
            if (line.EndsWith('}'))
                _told.Writer.TryWrite(JsonNode.Parse(line)!);
        }
    }
}
