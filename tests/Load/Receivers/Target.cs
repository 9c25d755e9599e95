namespace AuditHost.Load;

/// <summary>Where a receiver is to be found, for every shipper to write into its own configuration.</summary>
internal sealed record Target(TargetKind Kind, int Port = 0, string Path = "");
