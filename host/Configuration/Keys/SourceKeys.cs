using System.Net;
using AuditHost.Configuration.Options;

namespace AuditHost.Configuration.Keys;

/// <summary><c>host.sources</c>.</summary>
internal static class SourceKeys
{
    public static readonly Kind<long> EventSize = Kinds.Size(1 << 10, 64 << 20);

    public static readonly ScalarKey<string> Path = new(
        "path", Kinds.Path, "The file; its name and folders may have * and ?.") { Required = true };
    public static readonly ScalarKey<bool> FromStart = new(
        "from_start", Kinds.Boolean, "Whether a file without a kept position is read from its start.");
    public static readonly ScalarKey<long> MaxEventBytes = new("max_event_bytes", EventSize, "The largest event.");

    public static readonly ScalarKey<IPEndPoint> Listen = new("listen", Kinds.Endpoint, "Address and port.");
    public static readonly ScalarKey<bool> InsecureListen = new(
        "insecure_listen", Kinds.Boolean, "Allows another address than loopback, though anybody who reaches it may send and read along.");
    public static readonly ScalarKey<int> MaxConnections = new(
        "max_connections", Kinds.Integer(1, 100_000), "The most connections at a time; one more is closed unread.");
    public static readonly ScalarKey<int> MaxConnectionsPerPeer = new(
        "max_connections_per_peer", Kinds.Integer(1, 100_000), "The most of them from one address, or from one /64 network of IPv6.");

    public static readonly ScalarKey<SyslogTransport> Protocol = new(
        "protocol", Kinds.Choice(("tcp", SyslogTransport.Tcp), ("udp", SyslogTransport.Udp)), "What carries the messages.");

    public static readonly MappingKey RateLimiting = new(
        "rate_limiting", RateLimitKeys.Set, "How fast it takes events. Beyond that, senders over HTTP are asked to come back later (429) and all others are slowed down.");

    public static readonly Variant Http = new("http", new KeySet(VariantKey.Type, RateLimiting), "POST /v1/events on host.http.listen.");
    public static readonly Variant SplunkHec = new(
        "splunk_hec",
        new KeySet(VariantKey.Type, MappingKeys.Mapping, RateLimiting),
        "Senders that speak to Splunk's HTTP Event Collector: its paths below /services/collector on host.http.listen, with the tokens of host.http.tokens.");
    public static readonly Variant Otlp = new(
        "otlp",
        new KeySet(VariantKey.Type, MappingKeys.Mapping, RateLimiting),
        "Log records of OpenTelemetry: POST /v1/logs on host.http.listen, in Protocol Buffers or JSON.");
    public static readonly Variant File = new(
        "file", new KeySet(VariantKey.Type, Path, FromStart, MaxEventBytes, RateLimiting), "Follows every file that matches a pattern.");
    public static readonly Variant Tcp = new(
        "tcp", new KeySet(VariantKey.Type, Listen, InsecureListen, MaxEventBytes, MaxConnections, MaxConnectionsPerPeer, RateLimiting),
        "JSON over TCP: events on lines or back to back. There is no answer; a sender that must know sends over HTTP.");
    public static readonly Variant Syslog = new(
        "syslog", new KeySet(VariantKey.Type, Listen, InsecureListen, Protocol, MaxEventBytes, MaxConnections, MaxConnectionsPerPeer, RateLimiting),
        "Syslog messages of RFC 5424 and RFC 3164, each kept as an event with the message as it came.");
    public static readonly Variant StandardInput = new("stdin", new KeySet(VariantKey.Type, MaxEventBytes, RateLimiting), "Standard input until its end.");

    public static readonly IReadOnlyList<Variant> Variants = [Http, SplunkHec, Otlp, File, Tcp, Syslog, StandardInput];
}
