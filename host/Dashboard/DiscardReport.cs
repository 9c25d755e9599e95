namespace AuditHost.Dashboard;

/// <summary>How many dead letters were discarded for good.</summary>
internal sealed record DiscardReport(long Matched, long Discarded);
