namespace AuditHost.Dashboard;

/// <summary>Has a destination go on where one left off that is no longer served.</summary>
/// <param name="Name">The backlog.</param>
/// <param name="As">The destination.</param>
/// <param name="DryRun">Only say what would happen.</param>
internal sealed record AdoptOrder(string Name, string As, bool DryRun = false);
