namespace AuditHost.Connectors.Fluentd;

/// <summary>The server has taken a chunk.</summary>
/// <param name="ChunkId">Which.</param>
internal sealed record AckMessage(string ChunkId) : ServerMessage;
