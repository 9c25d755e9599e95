namespace AuditHost.Configuration.Keys;

/// <summary><c>connection_pool</c>.</summary>
internal static class ConnectionPoolKeys
{
    public static readonly ScalarKey<int> MaxConnections = new(
        "max_connections_per_destination", Kinds.Integer(1, 1000), "The most connections to one destination.");

    public static readonly ScalarKey<TimeSpan> ConnectTimeout = new(
        "connection_timeout_seconds", Kinds.Span(0.1, 600), "How long opening a connection may take.");

    public static readonly ScalarKey<TimeSpan> KeepAlive = new(
        "keep_alive_seconds", Kinds.Span(1, 86_400), "How long an idle connection is kept.");

    public static readonly KeySet Set = new(MaxConnections, ConnectTimeout, KeepAlive);
}
