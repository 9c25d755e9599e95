namespace AuditHost.Journal.Storage;

/// <summary>The size of a volume and what of it this process may still use, in bytes.</summary>
internal readonly record struct VolumeSpace(long Total, long Free);
