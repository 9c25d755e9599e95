using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using AuditHost.Configuration.Options;
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
    private readonly EventPumpContext _context;
    private readonly Func<IPEndPoint, IStreamPump> _pump;
    private readonly ILogger _logger;
    private readonly Socket _listener;
    private readonly SemaphoreSlim _places = new(Places);
    private readonly PeerConnections _peers;
    private readonly WarningPace _fullWarnings;
    private readonly WarningPace _failureWarnings;

    /// <summary>One for each reason to close a connection, so that a stranger who gives one does not hide the others.</summary>
    private readonly ConcurrentDictionary<string, WarningPace> _closingWarnings = new();
    private readonly ConcurrentDictionary<Task, bool> _connections = new();

    /// <param name="options">Where it listens and what it takes.</param>
    /// <param name="context">What its connections share.</param>
    /// <param name="pump">Makes what reads the bytes of one sender.</param>
    /// <param name="logger">Takes what an operator should know of senders.</param>
    /// <exception cref="IOException">The address is in use or not this machine's.</exception>
    public StreamSource(StreamSourceOptions options, EventPumpContext context, Func<IPEndPoint, IStreamPump> pump, ILogger logger)
    {
        _options = options;
        _context = context;
        _pump = pump;
        _logger = logger;
        _peers = new PeerConnections(options.MaxConnectionsPerPeer, "max_connections_per_peer of the source", context.Time, logger);
        _fullWarnings = new WarningPace(context.Time);
        _failureWarnings = new WarningPace(context.Time);
        _listener = new Socket(options.Listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(options.Listen);
            _listener.Listen(Backlog);
        }
        catch (SocketException exception)
        {
            _listener.Dispose();
            throw new IOException($"host.sources: {Name} cannot listen on {options.Listen}: {exception.Message}", exception);
        }
    }

    public string Name => _context.Source;

    public bool IsFinite => false;

    public SourceCounters Counters => _context.Counters;

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
            if (_failureWarnings.IsDue())
                _logger.LogWarning("{Source} cannot take up a connection: {Reason}", Name, exception.Message);
            await Task.Delay(AcceptPause, _context.Time, cancellationToken);
            return;
        }

        if (_connections.Count >= _options.MaxConnections)
        {
            socket.Dispose();
            if (_fullWarnings.IsDue())
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
        using IStreamPump pump = _pump(remote);
        if (await new StreamConnection(socket, pump, _places, _context.Time).RunAsync(cancellationToken) is { } reason
            && _closingWarnings.GetOrAdd(reason, _ => new WarningPace(_context.Time)).IsDue())
            _logger.LogWarning("{Source} closed the connection of {Peer}: {Reason}.", Name, remote, reason);
    }
}
