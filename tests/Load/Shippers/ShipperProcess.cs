using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace AuditHost.Load;

/// <summary>The shipper under load, as a process of its own.</summary>
internal sealed partial class ShipperProcess : IDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private readonly string _name;
    private readonly bool _endsWithInput;

    /// <param name="start">How it is started.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="endsWithInput">It stops by itself at the end of its standard input.</param>
    public ShipperProcess(ProcessStartInfo start, string name, bool endsWithInput = false)
    {
        _name = name;
        _endsWithInput = endsWithInput;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
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

    /// <summary>Waits until it listens, and ends it where it does not.</summary>
    /// <param name="port"><see langword="null"/> where there is nothing to wait for.</param>
    public async Task<ShipperProcess> ReadyAsync(int? port)
    {
        try
        {
            if (port is { } open)
                await ListeningAsync(open);
            return this;
        }
        catch (IOException exception)
        {
            Dispose();
            throw new IOException($"{exception.Message}\n{Output}", exception);
        }
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

        throw new IOException($"{_name} does not listen on port {port}.");
    }

    /// <summary>Asks it to stop, or, where it reads standard input, just ends that.</summary>
    /// <exception cref="IOException">It did not end, or not with 0.</exception>
    public async Task StopAsync()
    {
        _process.StandardInput.Close();
        if (!_endsWithInput && !_process.HasExited)
            _ = Kill(_process.Id, Terminate);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        if (_process.ExitCode != 0)
            throw new IOException($"{_name} ended with {_process.ExitCode}.");
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
