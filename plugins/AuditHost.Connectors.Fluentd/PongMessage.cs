namespace AuditHost.Connectors.Fluentd;

/// <summary>The server's answer to the client's greeting.</summary>
/// <param name="IsWelcome">Whether it lets the client in; it closes the connection otherwise.</param>
/// <param name="Reason">Why not, in its words.</param>
/// <param name="Hostname">Its name.</param>
/// <param name="Digest">Proves that it knows the shared key.</param>
internal sealed record PongMessage(bool IsWelcome, string Reason, byte[] Hostname, byte[] Digest) : ServerMessage;
