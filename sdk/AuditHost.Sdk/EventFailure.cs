namespace AuditHost.Sdk;

/// <summary>The failure of one event of a batch.</summary>
/// <param name="Index">Which event of the batch.</param>
/// <param name="Kind">Why, which decides what the host does next.</param>
/// <param name="Reason">For the operator, in one line, without secrets.</param>
/// <param name="Status">The destination's status code for this event, where it gave one.</param>
public readonly record struct EventFailure(int Index, FailureKind Kind, string Reason, int? Status = null);
