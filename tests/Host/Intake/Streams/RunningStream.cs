using System.Net;
using System.Net.Sockets;
using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Intake;
using AuditHost.Intake.Streams;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Tests.Intake.Streams;

/// <summary>A source that senders connect to, on a free port, with a clock that stands still and everything it takes in memory.</summary>
internal sealed class RunningStream : IAsyncDisposable
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private RunningStream(Func<RunningStream, StreamSource> create)
    {
        Source = create(this);
        _running = Source.RunAsync(_stop.Token);
    }

    public StreamSource Source { get; }

    public RecordingSink Sink { get; } = new();

    public RecordedRejections Rejected { get; } = new();

    public ManualTimeProvider Time { get; } = new();

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public static RunningStream OfJson(TcpSourceOptions? options = null, ILogger? logger = null) => new(stream => SourceFactory.CreateTcp(
        (options ?? TcpSourceOptions.Default) with { Listen = AnyPort }, stream.Sink, stream.Rejected, stream.Time, logger ?? NullLogger.Instance));

    public static RunningStream OfSyslog() => new(stream => SourceFactory.CreateSyslog(
        SyslogSourceOptions.Default with { Listen = AnyPort }, stream.Sink, stream.Rejected, stream.Time, NullLogger.Instance));

    public async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Source.Address, Test);
        return socket;
    }

    public static Task SendAsync(Socket socket, string text) => SendAsync(socket, Encoding.UTF8.GetBytes(text));

    public static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await socket.SendAsync(bytes, Test)..];
    }

    /// <summary>Waits until the source has closed a connection, with or without a reset.</summary>
    public static async Task AssertClosedAsync(Socket socket)
    {
        try
        {
            Assert.Equal(0, await socket.ReceiveAsync(new byte[1], Test).AsTask().WaitAsync(Patience, Test));
        }
        catch (SocketException)
        {
            // A reset: there was something that nobody read.
        }
    }

    /// <summary>Lets the time go by that a connection gives an unfinished event, until the source has closed them all, and closes them here too.</summary>
    public async Task LetPatienceEndAsync(params Socket[] senders)
    {
        Task closed = Task.WhenAll(senders.Select(AssertClosedAsync));
        while (await Task.WhenAny(closed, Time.WaitForTimersAsync()) != closed)
            Time.AdvanceToNextTimer();
        await closed;
        foreach (Socket sender in senders)
            sender.Dispose();
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(Patience, Test);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Source.Dispose();
        _stop.Dispose();
    }
}
