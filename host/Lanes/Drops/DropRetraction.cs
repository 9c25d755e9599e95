namespace AuditHost.Lanes.Drops;

/// <summary>Takes records back that a crash kept from being carried out: the events are still there.</summary>
/// <param name="Destination">Whose.</param>
/// <param name="Reason">Of which kind.</param>
/// <param name="From">Records that begin here or later never came true.</param>
internal sealed record DropRetraction(string Destination, DropReason Reason, ulong From);
