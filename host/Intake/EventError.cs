namespace AuditHost.Intake;

/// <summary>Why bytes are no event: where in them, at which path, and what to mend.</summary>
/// <param name="Offset">Byte offset from the event's start.</param>
/// <param name="Path">JSON path of the offending member, <c>$</c> for the event itself.</param>
/// <param name="Reason">For the sender, in one sentence.</param>
internal sealed record EventError(long Offset, string Path, string Reason);
