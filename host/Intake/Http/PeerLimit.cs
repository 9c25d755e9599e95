using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace AuditHost.Intake.Http;

/// <summary>Closes the connections of a peer beyond its share, before a byte of them is read, so that one sender cannot shut out the others.</summary>
internal sealed class PeerLimit(int limit, TimeProvider time, ILogger logger)
{
    /// <summary>What one customer of a provider gets of IPv6 (RFC 6177): whoever has one address of it has them all.</summary>
    private const int NetworkBytes = 8;

    private static readonly TimeSpan WarningInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<IPAddress, int> _connections = new();
    private readonly Lock _lock = new();
    private long? _warnedAt;

    /// <summary>A link of the listener's chain.</summary>
    public ConnectionDelegate Guard(ConnectionDelegate next) => async connection =>
    {
        if (connection.RemoteEndPoint is not IPEndPoint { Address: var address })
        {
            await next(connection);
            return;
        }

        IPAddress peer = PeerOf(address);
        try
        {
            if (_connections.AddOrUpdate(peer, 1, static (_, count) => count + 1) <= limit)
                await next(connection);
            else
                Refuse(connection, peer);
        }
        finally
        {
            Leave(peer);
        }
    };

    /// <summary>Whose share a connection counts against.</summary>
    public static IPAddress PeerOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return address;
        byte[] bytes = address.GetAddressBytes();
        Array.Clear(bytes, NetworkBytes, bytes.Length - NetworkBytes);
        return new IPAddress(bytes);
    }

    private void Refuse(ConnectionContext connection, IPAddress peer)
    {
        connection.Abort(new ConnectionAbortedException("The peer has as many connections as it may."));
        lock (_lock)
        {
            if (_warnedAt is { } before && time.GetElapsedTime(before) < WarningInterval)
                return;
            _warnedAt = time.GetTimestamp();
        }

        logger.LogWarning("{Peer} has {Limit} connections and gets no more (host.http.max_connections_per_peer).", peer, limit);
    }

    private void Leave(IPAddress peer)
    {
        // A count of none is removed only while it is still none: a connection that comes meanwhile keeps it.
        if (_connections.AddOrUpdate(peer, 0, static (_, count) => count - 1) == 0)
            _connections.TryRemove(new KeyValuePair<IPAddress, int>(peer, 0));
    }
}
