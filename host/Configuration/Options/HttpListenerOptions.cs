using System.Net;

namespace AuditHost.Configuration.Options;

/// <summary><c>host.http</c>: intake, health and metrics. Another address than loopback needs TLS and a token.</summary>
internal sealed record HttpListenerOptions
{
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 8780);

    /// <summary>PEM files of the listener's certificate and key.</summary>
    public string? CertificatePath { get; init; }

    public string? KeyPath { get; init; }

    /// <summary>Bearer tokens that may post events; at least 32 characters each. Empty: none is asked for.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    public long MaxBodyBytes { get; init; } = 5 << 20;

    public long MaxDecompressedBytes { get; init; } = 20 << 20;

    public int MaxEventBytes { get; init; } = 1 << 20;

    /// <summary>What all requests together may hold in memory.</summary>
    public long MaxBufferedBytes { get; init; } = 256 << 20;

    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Of one address, or of one /64 network of IPv6.</summary>
    public int MaxConnectionsPerPeer { get; init; } = 256;
}
