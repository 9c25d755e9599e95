using AuditHost.Configuration.Options;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AuditHost.Intake.Http;

/// <summary>What one peer can cost the listener.</summary>
internal static class ListenerLimits
{
    private const int MaxConnections = 10_000;
    private const int MaxHeaderBytes = 32 << 10;

    public static void Apply(KestrelServerOptions kestrel, HttpListenerOptions options)
    {
        kestrel.AddServerHeader = false;
        KestrelServerLimits limits = kestrel.Limits;
        limits.MaxConcurrentConnections = MaxConnections;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;

        // The intake answers a body that is too large itself, with a problem that names the limit; this is the backstop.
        limits.MaxRequestBodySize = options.MaxBodyBytes + MaxHeaderBytes;
    }
}
