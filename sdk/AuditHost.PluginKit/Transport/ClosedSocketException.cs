namespace AuditHost.PluginKit.Transport;

/// <summary>The server closed a WebSocket connection and said why.</summary>
/// <param name="code">The close code; the platform has 1000 for a close frame without one.</param>
public sealed class ClosedSocketException(int code) : IOException($"The server closed the connection: {CloseCode.Describe(code)}")
{
    /// <summary>The close code.</summary>
    public int Code { get; } = code;
}
