namespace AuditHost.Lanes;

/// <summary>What became of the events of a batch that a delivery settled.</summary>
internal readonly record struct Settlement(ulong Delivered, ulong DeadLettered);
