namespace AuditHost.Commands;

/// <summary>What <c>test</c> found out about a destination.</summary>
internal sealed record ProbeResult(string Destination, string Type, bool Reachable, double Milliseconds, string? Problem);
