namespace AuditHost.Delivery;

/// <summary>Dead letters of one destination that were resolved one after the other, all in the same way.</summary>
/// <param name="Delivered">Whether they were delivered after all; otherwise they were dropped at an operator's wish.</param>
/// <param name="Count">How many.</param>
internal readonly record struct ResolvedRun(bool Delivered, ulong Count);
