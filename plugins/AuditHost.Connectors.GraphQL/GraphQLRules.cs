using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

namespace AuditHost.Connectors.GraphQL;

/// <summary>What settings of one way of sending can work.</summary>
internal static class GraphQLRules
{
    // Above what Apollo Server and graphql-ws send of their own accord; an answer to a batch has a line for each event.
    private const int MaxAnswerBytes = 1 << 20;

    /// <exception cref="SettingsException">A setting belongs to the other way.</exception>
    public static void CheckHttp(GraphQLSettings settings)
    {
        if (settings.ConnectionInit.Count > 0)
            throw new SettingsException("connection_init", "There is no connection_init over HTTP. Set transport: websocket, or move credentials to authentication");
    }

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static WebSocketOptions SocketOptionsOf(GraphQLSettings settings)
    {
        if (settings.Compression != HttpCompression.None)
            throw new SettingsException("compression", "Messages over WebSocket are not compressed. Remove it, or set transport: http");
        if (settings.Balancing != EndpointBalancing.Failover)
            throw new SettingsException("balancing", "A connection stays with its server. Remove it, or set transport: http");
        if (settings.MaxUnanswered is < 1 or > 10_000)
            throw new SettingsException("max_unanswered", "Expected 1 to 10000");
        if (settings.PingIntervalSeconds is not (0 or (>= 0.1 and <= 3600)))
            throw new SettingsException("ping_interval_seconds", "Expected 0 or 0.1 to 3600");
        if (settings.PingTimeoutSeconds is not (>= 0.1 and <= 3600))
            throw new SettingsException("ping_timeout_seconds", "Expected 0.1 to 3600");
        if (settings.ConnectionInit.Keys.FirstOrDefault(name => name.Length == 0 || name.Any(one => one is '"' or '\\' || char.IsControl(one))) is not null)
            throw new SettingsException("connection_init", "A name is empty, or has a quote, a backslash or a control character. Use letters, digits, '_' and '-'");
        return new WebSocketOptions
        {
            Subprotocol = GraphQLChannel.Subprotocol,
            PingInterval = TimeSpan.FromSeconds(settings.PingIntervalSeconds),
            PingTimeout = TimeSpan.FromSeconds(settings.PingTimeoutSeconds),
            MaxMessageBytes = MaxAnswerBytes,
        };
    }
}
