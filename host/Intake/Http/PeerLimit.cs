using System.Net;
using Microsoft.AspNetCore.Connections;

namespace AuditHost.Intake.Http;

/// <summary>Closes the connections of a peer beyond its share, before a byte of them is read.</summary>
internal static class PeerLimit
{
    /// <summary>A link of the listener's chain.</summary>
    public static ConnectionDelegate Guard(PeerConnections peers, ConnectionDelegate next) => async connection =>
    {
        if (connection.RemoteEndPoint is not IPEndPoint { Address: var address })
        {
            await next(connection);
            return;
        }

        IPAddress peer = PeerConnections.PeerOf(address);
        try
        {
            if (peers.Enter(peer))
                await next(connection);
            else
                connection.Abort(new ConnectionAbortedException("The peer has as many connections as it may."));
        }
        finally
        {
            peers.Leave(peer);
        }
    };
}
