namespace AuditHost.Sdk.Testing;

/// <summary>What the HTTP peer does with a request that it has read.</summary>
/// <returns>Whether the connection serves another request.</returns>
internal delegate Task<bool> PeerScript(PeerConnection connection, PeerRequest request, CancellationToken cancellationToken);
