namespace AuditHost.PluginKit.Transport;

/// <summary>The server closed a WebSocket connection and said why.</summary>
/// <param name="code">The close code; 1005 where it gave none.</param>
public sealed class ClosedSocketException(int code) : IOException($"The server closed the connection: {CloseCode.Describe(code)}")
{
    /// <summary>The close code.</summary>
    public int Code { get; } = code;
}
