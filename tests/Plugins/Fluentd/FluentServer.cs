using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace AuditHost.Plugins.Tests.Fluentd;

/// <summary>The server of the npm package <c>@fluent-org/logger</c>, which others wrote, as a child process.</summary>
internal sealed class FluentServer : IAsyncDisposable
{
    private readonly Process _process;

    private FluentServer(Process process, int port)
    {
        _process = process;
        Address = $"tcp://127.0.0.1:{port}";
    }

    public string Address { get; }

    /// <param name="settings">The server's options as JSON.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<FluentServer> StartAsync(string settings, CancellationToken cancellationToken)
    {
        string modules = Path.Combine(Repository.Tool("fluent-logger"), "node_modules");
        if (!Directory.Exists(Path.Combine(modules, "@fluent-org", "logger")))
            Assert.Skip("@fluent-org/logger is not installed: run tests/install");
        string script = Path.Combine(Repository.Root, "tests", "Plugins", "Fluentd", "fluent-server.js");
        Process process = Process.Start(new ProcessStartInfo("node", [script, modules, settings]) { RedirectStandardOutput = true })!;
        string? line = await process.StandardOutput.ReadLineAsync(cancellationToken);
        Assert.StartsWith("port ", line, StringComparison.Ordinal);
        return new FluentServer(process, int.Parse(line![5..], CultureInfo.InvariantCulture));
    }

    /// <summary>The next events.</summary>
    public async Task<IReadOnlyList<JsonNode>> ReceiveAsync(int count, CancellationToken cancellationToken)
    {
        var events = new List<JsonNode>();
        while (events.Count < count)
            events.Add(JsonNode.Parse((await _process.StandardOutput.ReadLineAsync(cancellationToken))!)!);
        return events;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
