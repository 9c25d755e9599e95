namespace AuditHost.Connectors.Fluentd;

/// <summary>The server's greeting.</summary>
/// <param name="Nonce">Goes into the digests of the shared key; raw bytes, whether they came as text or not.</param>
/// <param name="Salt">Goes into the digest of the password; empty where the server wants no user.</param>
/// <param name="KeepsAlive">Whether more than one message may go over the connection.</param>
internal sealed record HeloMessage(byte[] Nonce, byte[] Salt, bool KeepsAlive) : ServerMessage;
