namespace AuditHost.PluginKit.Transport;

/// <summary>How a WebSocket connection is opened and watched.</summary>
public sealed record WebSocketOptions
{
    /// <summary>The subprotocol that is asked for, which the server has to agree to; <see langword="null"/> for none.</summary>
    public string? Subprotocol { get; init; }

    /// <summary>How often a ping asks whether the server is still there; zero for never.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the answer to a ping may take. Past it the connection counts as broken.</summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The longest message that is taken from the server, in bytes.</summary>
    public int MaxMessageBytes { get; init; } = 64 << 10;
}
