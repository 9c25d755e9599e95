using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AuditHost.Configuration.Options;

namespace AuditHost.Intake.Syslog;

/// <summary>
/// Takes syslog over UDP (RFC 5426): a message is a datagram. What the network or a full buffer of the kernel loses on the way is lost without a
/// word.
/// </summary>
internal sealed class SyslogDatagramSource : IEventSource, IDisposable
{
    private const int LargestDatagram = 64 << 10;

    /// <summary>Holds what comes while the disk is busy, as far as net.core.rmem_max lets it.</summary>
    private const int KernelBytes = 8 << 20;

    private const int MostPeers = 4096;

    /// <summary>So many are taken before what is among them is made durable: those without a byte never fill a batch.</summary>
    private const int MostAtATime = 1000;

    /// <summary>More than the kernel holds; a sender that never pauses does not keep the host from stopping.</summary>
    private const int DrainRounds = 64;

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly SyslogSourceOptions _options;
    private readonly TimeProvider _time;
    private readonly SyslogIntake _intake;
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[LargestDatagram];
    private readonly SocketAddress _from;
    private readonly Dictionary<SocketAddress, string> _peers = [];

    /// <exception cref="IOException">The address is in use or not this machine's.</exception>
    public SyslogDatagramSource(SyslogSourceOptions options, IEventSink sink, IRejectedInput rejected, TimeProvider time)
    {
        _options = options;
        _time = time;
        Name = string.Create(CultureInfo.InvariantCulture, $"syslog-udp-{options.Listen.Port}");
        _intake = new SyslogIntake(new EventPumpContext(Name, sink, rejected, Counters, time, options.MaxEventBytes, options.RateLimit));
        _from = new SocketAddress(options.Listen.AddressFamily);
        _socket = new Socket(options.Listen.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = KernelBytes, Blocking = false };
        try
        {
            _socket.Bind(options.Listen);
        }
        catch (SocketException exception)
        {
            Dispose();
            throw new IOException($"host.sources: {Name} cannot listen on {options.Listen}: {exception.Message}", exception);
        }
    }

    public string Name { get; }

    public bool IsFinite => false;

    public SourceCounters Counters { get; } = new();

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address => (IPEndPoint)_socket.LocalEndPoint!;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                Take(await _socket.ReceiveFromAsync(_buffer, SocketFlags.None, _from, cancellationToken));
                TakeArrived();
                await _intake.FlushAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await DrainAsync();
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _intake.Dispose();
    }

    /// <summary>Whether a datagram lies in the kernel. How many bytes lie there would not tell: the first may have none.</summary>
    private bool HasArrived => _socket.Poll(TimeSpan.Zero, SelectMode.SelectRead);

    /// <summary>Takes what lies in the kernel, up to a full batch.</summary>
    private void TakeArrived()
    {
        try
        {
            for (int taken = 0; taken < MostAtATime && !_intake.IsFull && HasArrived; taken++)
                Take(_socket.ReceiveFrom(_buffer, SocketFlags.None, _from));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.WouldBlock)
        {
            // A datagram that was damaged on its way: the kernel finds out where it hands it over.
        }
    }

    private void Take(int length)
    {
        ReadOnlySpan<byte> message = _buffer.AsSpan(0, length).TrimEnd("\r\n\0"u8);
        if (message.IsEmpty)
            return;
        string peer = PeerOf(_from);
        if (message.Length > _options.MaxEventBytes)
            _intake.Reject(peer, 0, length, message, $"The message has more than {_options.MaxEventBytes} bytes (max_event_bytes).");
        else
            _intake.Add(message, peer);
    }

    private async Task DrainAsync()
    {
        using var patience = new CancellationTokenSource(StopPatience, _time);
        try
        {
            await _intake.FlushAsync(patience.Token);
            for (int round = 0; round < DrainRounds && HasArrived; round++)
            {
                TakeArrived();
                await _intake.FlushAsync(patience.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // A journal that takes nothing: there is nothing more to be had.
        }
    }

    private string PeerOf(SocketAddress from)
    {
        if (_peers.TryGetValue(from, out string? known))
            return known;
        if (_peers.Count >= MostPeers)
            _peers.Clear();
        var copy = new SocketAddress(from.Family, from.Size);
        from.Buffer.Span[..from.Size].CopyTo(copy.Buffer.Span);
        var endpoint = (IPEndPoint)new IPEndPoint(from.Family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0).Create(from);
        return _peers[copy] = endpoint.Address.ToString();
    }
}
