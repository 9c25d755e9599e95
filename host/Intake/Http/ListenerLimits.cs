using AuditHost.Configuration.Options;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AuditHost.Intake.Http;

/// <summary>What a sender may take up of the web server: time, connections and memory.</summary>
internal static class ListenerLimits
{
    private const int HeaderBytes = 32 << 10;
    private const double MinBytesPerSecond = 240;
    private static readonly TimeSpan RateGracePeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);

    public static void Apply(KestrelServerOptions kestrel, HttpListenerOptions options)
    {
        kestrel.AddServerHeader = false;
        KestrelServerLimits limits = kestrel.Limits;
        limits.RequestHeadersTimeout = HeadersTimeout;
        limits.MinRequestBodyDataRate = new MinDataRate(MinBytesPerSecond, RateGracePeriod);
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MaxRequestHeadersTotalSize = HeaderBytes;
        limits.MaxRequestBodySize = options.MaxBodyBytes;
    }
}
