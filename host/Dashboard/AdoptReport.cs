namespace AuditHost.Dashboard;

/// <summary>What became of an order to adopt a backlog.</summary>
/// <param name="Backlog">The backlog as it was; <see langword="null"/> where there is none of that name.</param>
/// <param name="Again">At most so many events go out again that the destination settled before.</param>
/// <param name="Problem">Why it could not be done.</param>
internal sealed record AdoptReport(BacklogView? Backlog, ulong Again, string? Problem);
