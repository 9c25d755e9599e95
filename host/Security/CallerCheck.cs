using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace AuditHost.Security;

/// <summary>Who may use the listener: holders of a token, and whoever can open the data directory's socket.</summary>
internal sealed class CallerCheck(BearerTokenAuthenticator tokens)
{
    public bool MayPass(HttpContext context) =>
        !tokens.IsRequired || tokens.Accepts(context.Request.Headers.Authorization) || CameOverSocket(context);

    /// <summary>Whether the request came over the socket in the data directory, which only the host's owner can open.</summary>
    public static bool CameOverSocket(HttpContext context) =>
        context.Features.Get<IConnectionSocketFeature>()?.Socket.LocalEndPoint is UnixDomainSocketEndPoint;
}
