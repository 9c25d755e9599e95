namespace AuditHost.Intake;

/// <summary>Input that is no event.</summary>
/// <param name="Origin">The file it was in, as far as it was one.</param>
/// <param name="Offset">Where it begins in its input.</param>
/// <param name="Length">Its whole length.</param>
/// <param name="FirstBytes">As much of it as is kept.</param>
/// <param name="Reason">Why it is no event.</param>
internal readonly record struct RejectedPiece(string Origin, long Offset, long Length, ReadOnlyMemory<byte> FirstBytes, string Reason);
