namespace AuditHost.Delivery;

/// <summary>Takes dead letters off the list.</summary>
/// <param name="Ids">Which.</param>
/// <param name="Outcome">What became of them.</param>
/// <param name="Target">The destination that got them.</param>
/// <param name="At">When.</param>
internal sealed record DeadLetterResolution(IReadOnlyList<ulong> Ids, DeadLetterOutcome Outcome, string? Target, DateTimeOffset At);
