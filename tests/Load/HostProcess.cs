using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace AuditHost.Load;

/// <summary>The host under load, as a process of its own.</summary>
internal sealed partial class HostProcess : IDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private HostProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it printed.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public Stream Input => _process.StandardInput.BaseStream;

    public ProcessUsage Usage => ProcessUsage.Of(_process.Id);

    public static HostProcess Start(string executable, string site, bool once)
    {
        var start = new ProcessStartInfo(executable, once ? ["run", "--once", "--config", site] : ["run", "--config", site])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(site),
        };
        return new HostProcess(start);
    }

    /// <summary>Waits until it listens.</summary>
    public async Task ListeningAsync(int port)
    {
        for (long begin = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begin) < Patience;)
        {
            if (_process.HasExited)
                break;
            using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(2);
            }
        }

        throw new IOException($"The host does not listen on port {port}.");
    }

    /// <summary>Asks it to stop, or, where it reads standard input, just ends that.</summary>
    /// <exception cref="IOException">It did not end, or not with 0.</exception>
    public async Task StopAsync(bool once)
    {
        _process.StandardInput.Close();
        if (!once && !_process.HasExited)
            _ = Kill(_process.Id, Terminate);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        if (_process.ExitCode != 0)
            throw new IOException($"The host ended with {_process.ExitCode}.");
    }

    /// <summary>Ends it as a crash does.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
            _output.AppendLine(line.Data);
    }
}
