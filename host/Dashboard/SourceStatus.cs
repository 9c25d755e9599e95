namespace AuditHost.Dashboard;

/// <summary>A source in figures, since the host started.</summary>
internal sealed record SourceStatus(string Name, long Accepted, long Duplicates, long Bytes, long Rejected, long Refused);
