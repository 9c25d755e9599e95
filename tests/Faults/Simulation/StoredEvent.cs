namespace AuditHost.Faults.Simulation;

/// <summary>An event in the journal, as its judge knows it.</summary>
/// <param name="Number">Which event it is.</param>
/// <param name="Process">The host that was first seen to have it.</param>
/// <param name="At">When.</param>
internal readonly record struct StoredEvent(int Number, int Process, TimeSpan At);
