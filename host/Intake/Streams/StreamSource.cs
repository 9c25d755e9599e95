using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AuditHost.Configuration.Options;
using AuditHost.Intake.Syslog;
using Microsoft.Extensions.Logging;

namespace AuditHost.Intake.Streams;

/// <summary>
/// Listens for senders over TCP. There is no answer in such protocols: a sender learns nothing of what became durable, and the host slows it
/// down where the journal is slow or full.
/// </summary>
internal sealed class StreamSource : IEventSource, IDisposable
{
    private const int Backlog = 512;

    /// <summary>How many connections are read at a time. Each of them holds a buffer of some 2 MiB meanwhile.</summary>
    private const int Places = 32;

    private static readonly TimeSpan AcceptPause = TimeSpan.FromSeconds(1);

    private readonly StreamSourceOptions _options;
    private readonly Func<string, IStreamPump> _pump;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Socket _listener;
    private readonly SemaphoreSlim _places = new(Places);
    private readonly PeerConnections _peers;
    private readonly WarningPace _warnings;
    private readonly ConcurrentDictionary<Task, bool> _connections = new();

    /// <param name="type">The source's type, for its name.</param>
    /// <param name="options">Where it listens and what it takes.</param>
    /// <param name="counters">What its connections count in.</param>
    /// <param name="pump">Makes what reads one sender's bytes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Takes what an operator should know of senders.</param>
    /// <exception cref="IOException">The address is in use or not this machine's.</exception>
    private StreamSource(
        string type, StreamSourceOptions options, SourceCounters counters, Func<string, string, IStreamPump> pump, TimeProvider time, ILogger logger)
    {
        Counters = counters;
        _options = options;
        _time = time;
        _logger = logger;
        Name = string.Create(CultureInfo.InvariantCulture, $"{type}-{options.Listen.Port}");
        _pump = peer => pump(Name, peer);
        _peers = new PeerConnections(options.MaxConnectionsPerPeer, "max_connections_per_peer of the source", time, logger);
        _warnings = new WarningPace(time);
        _listener = new Socket(options.Listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(options.Listen);
            _listener.Listen(Backlog);
        }
        catch (SocketException exception)
        {
            _listener.Dispose();
            throw new IOException($"host.sources: cannot listen on {options.Listen} for type {type}: {exception.Message}", exception);
        }
    }

    /// <summary>Takes JSON.</summary>
    /// <exception cref="IOException">The address is in use or not this machine's.</exception>
    public static StreamSource OfJson(TcpSourceOptions options, IEventSink sink, IRejectedInput rejected, TimeProvider time, ILogger logger)
    {
        var counters = new SourceCounters();
        return new StreamSource(
            "tcp",
            options,
            counters,
            (source, peer) => new EventPump(new EventPumpContext(source, sink, rejected, counters, time, options.MaxEventBytes), peer, idSeed: default, position: 0),
            time,
            logger);
    }

    /// <summary>Takes syslog.</summary>
    /// <exception cref="IOException">The address is in use or not this machine's.</exception>
    public static StreamSource OfSyslog(SyslogSourceOptions options, IEventSink sink, IRejectedInput rejected, TimeProvider time, ILogger logger)
    {
        var counters = new SourceCounters();
        return new StreamSource(
            "syslog",
            options,
            counters,
            (source, peer) => new SyslogPump(new EventPumpContext(source, sink, rejected, counters, time, options.MaxEventBytes), peer),
            time,
            logger);
    }

    public string Name { get; }

    public bool IsFinite => false;

    public SourceCounters Counters { get; }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndPoint!;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
                await AcceptAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The stop asked for.
        }
        finally
        {
            _listener.Dispose();
            await Task.WhenAll(_connections.Keys);
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _places.Dispose();
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        Socket socket;
        try
        {
            socket = await _listener.AcceptAsync(cancellationToken);
        }
        catch (SocketException exception)
        {
            // Mostly this process has no file descriptor left; the connection waits in the kernel.
            if (_warnings.IsDue())
                _logger.LogWarning("{Source} cannot take up a connection: {Reason}", Name, exception.Message);
            await Task.Delay(AcceptPause, _time, cancellationToken);
            return;
        }

        if (_connections.Count >= _options.MaxConnections)
        {
            socket.Dispose();
            if (_warnings.IsDue())
                _logger.LogWarning("{Source} has {Limit} connections and takes no more (max_connections of the source).", Name, _options.MaxConnections);
            return;
        }

        Task connection = ServeAsync(socket, cancellationToken);
        _connections[connection] = true;
        _ = connection.ContinueWith(ended => _connections.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task ServeAsync(Socket socket, CancellationToken cancellationToken)
    {
        await Task.Yield();
        using (socket)
        {
            if (socket.RemoteEndPoint is not IPEndPoint remote)
                return;
            IPAddress peer = PeerConnections.PeerOf(remote.Address);
            try
            {
                if (_peers.Enter(peer))
                    await ReadAsync(socket, remote, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The host stops while the journal takes nothing.
            }
            catch (Exception exception)
            {
                _logger.LogError(exception, "{Source} gave up the connection of {Peer}.", Name, remote);
            }
            finally
            {
                _peers.Leave(peer);
            }
        }
    }

    private async Task ReadAsync(Socket socket, IPEndPoint remote, CancellationToken cancellationToken)
    {
        // A sender whose machine is gone is found after some two minutes.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 6);
        using IStreamPump pump = _pump(remote.ToString());
        if (await new StreamConnection(socket, pump, _places, _time).RunAsync(cancellationToken) is { } reason && _warnings.IsDue())
            _logger.LogWarning("{Source} closed the connection of {Peer}: {Reason}.", Name, remote, reason);
    }
}
