using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace AuditHost.Intake;

/// <summary>How many connections each peer has, so that one sender cannot shut out the others.</summary>
/// <param name="limit">The most of one peer.</param>
/// <param name="setting">Where the limit stands, for the warning.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Takes the warning, at most one a minute.</param>
internal sealed class PeerConnections(int limit, string setting, TimeProvider time, ILogger logger)
{
    /// <summary>What one customer of a provider gets of IPv6 (RFC 6177): whoever has one address of it has them all.</summary>
    private const int NetworkBytes = 8;

    private readonly ConcurrentDictionary<IPAddress, int> _connections = new();
    private readonly WarningPace _warnings = new(time);

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

    /// <summary>Counts a connection, which must <see cref="Leave"/> at its end whatever the answer.</summary>
    /// <returns>Whether it is within the peer's share.</returns>
    public bool Enter(IPAddress peer)
    {
        if (_connections.AddOrUpdate(peer, 1, static (_, count) => count + 1) <= limit)
            return true;
        if (_warnings.IsDue())
            logger.LogWarning("{Peer} has {Limit} connections and gets no more ({Setting}).", peer, limit, setting);
        return false;
    }

    public void Leave(IPAddress peer)
    {
        // A count of none is removed only while it is still none: a connection that comes meanwhile keeps it.
        if (_connections.AddOrUpdate(peer, 0, static (_, count) => count - 1) == 0)
            _connections.TryRemove(new KeyValuePair<IPAddress, int>(peer, 0));
    }
}
