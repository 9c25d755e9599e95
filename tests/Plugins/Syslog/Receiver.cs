using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace AuditHost.Plugins.Tests.Syslog;

/// <summary>A real log daemon as a child process on loopback, which writes what it understood to a file, one JSON object per line.</summary>
internal abstract class Receiver(string name, string directory) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Process? _process;

    public int TcpPort { get; } = FreePort();

    public int OctetPort { get; } = FreePort();

    public int TlsPort { get; } = FreePort();

    public int UdpPort { get; } = FreePort();

    protected string Home { get; } = Repository.Tool(name);

    protected string OutputPath { get; } = Path.Combine(directory, "received.jsonl");

    protected string ConfigurationPath { get; } = Path.Combine(directory, name + ".conf");

    protected string WorkPath { get; } = directory;

    /// <summary>What the daemon itself says once it listens.</summary>
    protected abstract string ReadyText { get; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        string libraries = Path.Combine(Home, "library-path");
        if (!System.IO.File.Exists(libraries))
            Assert.Skip($"{name} is not installed: run tests/install");

        int before = Lines().Count(line => line.Contains(ReadyText, StringComparison.Ordinal));
        await System.IO.File.WriteAllTextAsync(ConfigurationPath, Configuration(), cancellationToken);
        ProcessStartInfo start = Command();
        start.Environment["LD_LIBRARY_PATH"] = (await System.IO.File.ReadAllTextAsync(libraries, cancellationToken)).Trim();
        _process = Process.Start(start)!;
        await WaitAsync(lines => lines.Count(line => line.Contains(ReadyText, StringComparison.Ordinal)) > before, cancellationToken);
    }

    /// <summary>Kills the daemon at once; what it holds in memory is lost.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Waits until a number of different messages with a text in them were received, and returns all of them.</summary>
    public async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(string text, int distinct, CancellationToken cancellationToken)
    {
        IReadOnlyList<ReceivedMessage> found = [];
        await WaitAsync(
            lines =>
            {
                found = [.. lines.Where(line => line.Contains(text, StringComparison.Ordinal)).Select(Parse)];
                return found.Select(message => message.Message).Distinct().Count() >= distinct;
            },
            cancellationToken);
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
    }

    protected abstract string Configuration();

    protected abstract ProcessStartInfo Command();

    protected string FindModules(string file) =>
        Path.GetDirectoryName(Directory.GetFiles(Home, file, SearchOption.AllDirectories).Single())!;

    private static ReceivedMessage Parse(string line) => JsonSerializer.Deserialize<ReceivedMessage>(line)!;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitAsync(Func<IReadOnlyList<string>, bool> isEnough, CancellationToken cancellationToken)
    {
        using var changed = new SemaphoreSlim(0);
        using var watcher = new FileSystemWatcher(WorkPath, Path.GetFileName(OutputPath));
        watcher.Changed += (_, _) => changed.Release();
        watcher.Created += (_, _) => changed.Release();
        watcher.EnableRaisingEvents = true;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (!isEnough(Lines()))
        {
            try
            {
                await changed.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                List<string> lines = Lines();
                string state = _process is { HasExited: false } ? "runs" : "has ended";
                Assert.Fail($"{name} {state} and wrote {lines.Count} lines, the last: {(lines.Count > 0 ? lines[^1] : string.Empty)}");
            }
        }
    }

    private List<string> Lines()
    {
        if (!System.IO.File.Exists(OutputPath))
            return [];
        using var reader = new StreamReader(new FileStream(OutputPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        string text = reader.ReadToEnd();

        // The last line may be half written.
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
