namespace AuditHost.Dashboard;

/// <summary>What became of a replay.</summary>
/// <param name="Matched">Events that were meant.</param>
/// <param name="Delivered">Delivered now.</param>
/// <param name="Filtered">Not for the destination.</param>
/// <param name="Refused">Refused again; dead letters stay where they are.</param>
/// <param name="Problem">Why it ended early.</param>
internal sealed record ReplayReport(long Matched, long Delivered, long Filtered, long Refused, string? Problem);
