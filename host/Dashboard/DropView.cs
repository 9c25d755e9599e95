namespace AuditHost.Dashboard;

/// <summary>Events that were given up by a policy or at an operator's wish.</summary>
/// <param name="Destination">Whose.</param>
/// <param name="Reason"><c>quota</c>, <c>dead_letters</c> or <c>discarded</c>.</param>
/// <param name="First">The first sequence number of the range; of dead letters the first id.</param>
/// <param name="Last">The last.</param>
/// <param name="Events">How many of the range were given up.</param>
/// <param name="Bytes">What the range took on disk.</param>
/// <param name="At">When.</param>
internal sealed record DropView(string Destination, string Reason, ulong First, ulong Last, ulong Events, long Bytes, DateTimeOffset At);
