using System.Net;

namespace AuditHost.Configuration.Keys;

/// <summary><c>host.http</c>.</summary>
internal static class HttpKeys
{
    public static readonly ScalarKey<IPEndPoint> Listen = new(
        "listen", Kinds.Endpoint, "Address and port. Another address than loopback needs tls and tokens.");
    public static readonly ScalarKey<string> CertificatePath = new(
        "certificate_path", Kinds.Path, "PEM file of the listener's certificate.") { Required = true };
    public static readonly ScalarKey<string> KeyPath = new("key_path", Kinds.Path, "PEM file of its private key.") { Required = true };
    public static readonly MappingKey Tls = new("tls", new KeySet(CertificatePath, KeyPath), "TLS of the listener.");
    public static readonly ListKey<string> Tokens = new(
        "tokens", Kinds.Text, "Bearer tokens that may post events, of at least 32 characters each.") { IsSecret = true };

    public static readonly ScalarKey<long> MaxBodyBytes = new("max_body_bytes", Kinds.Size(1 << 10, 1L << 30), "The largest request.");
    public static readonly ScalarKey<long> MaxDecompressedBytes = new(
        "max_decompressed_bytes", Kinds.Size(1 << 10, 1L << 30), "The largest request once decompressed.");
    public static readonly ScalarKey<long> MaxEventBytes = new("max_event_bytes", SourceKeys.EventSize, "The largest event.");
    public static readonly ScalarKey<long> MaxBufferedBytes = new(
        "max_buffered_bytes", Kinds.Size(1 << 20, 1L << 40), "What all requests under way may hold in memory together; beyond it senders get 503 and Retry-After.");

    public static readonly ScalarKey<int> MaxConnections = new(
        "max_connections", Kinds.Integer(1, 1_000_000), "The most connections at a time; one more is closed unread.");
    public static readonly ScalarKey<int> MaxConnectionsPerPeer = new(
        "max_connections_per_peer", Kinds.Integer(1, 1_000_000), "The most of them from one address, or from one /64 network of IPv6.");

    public static readonly KeySet Set = new(
        Listen, Tls, Tokens, MaxBodyBytes, MaxDecompressedBytes, MaxEventBytes, MaxBufferedBytes, MaxConnections, MaxConnectionsPerPeer);
}
