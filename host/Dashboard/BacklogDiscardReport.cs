namespace AuditHost.Dashboard;

/// <summary>What became of an order to discard a backlog.</summary>
/// <param name="Backlog">The backlog as it was; <see langword="null"/> where there is none of that name.</param>
/// <param name="Problem">Why it could not be done.</param>
internal sealed record BacklogDiscardReport(BacklogView? Backlog, string? Problem);
