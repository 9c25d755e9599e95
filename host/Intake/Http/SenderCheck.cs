using System.Net.Sockets;
using AuditHost.Security;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace AuditHost.Intake.Http;

/// <summary>Who may post events: holders of a token, and whoever can open the data directory's socket.</summary>
internal sealed class SenderCheck(BearerTokenAuthenticator tokens)
{
    public bool MayPost(HttpContext context) =>
        !tokens.IsRequired || tokens.Accepts(context.Request.Headers.Authorization) || CameOverSocket(context);

    private static bool CameOverSocket(HttpContext context) =>
        context.Features.Get<IConnectionSocketFeature>()?.Socket.LocalEndPoint is UnixDomainSocketEndPoint;
}
