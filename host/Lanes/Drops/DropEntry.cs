namespace AuditHost.Lanes.Drops;

/// <summary>One record of the log of drops: a drop, or that earlier ones did not happen.</summary>
internal sealed record DropEntry(DropRecord? Drop = null, DropRetraction? Retraction = null);
