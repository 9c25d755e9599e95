namespace AuditHost.Delivery;

/// <summary>An event of a batch that will not be delivered, and what the destination said.</summary>
/// <param name="Index">Which event of the batch.</param>
/// <param name="Cause">Why it dies.</param>
/// <param name="Reason">In one line, secrets removed.</param>
/// <param name="Status">The destination's status code, where it gave one.</param>
/// <param name="Response">The beginning of its answer, secrets removed.</param>
internal sealed record Refusal(int Index, DeathCause Cause, string Reason, int? Status = null, string? Response = null);
