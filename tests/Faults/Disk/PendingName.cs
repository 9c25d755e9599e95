namespace AuditHost.Faults.Disk;

/// <summary>A name given or taken away since the folder's last sync.</summary>
/// <param name="Path">The name.</param>
/// <param name="File">What it stands for from now on; <see langword="null"/> where it was deleted.</param>
internal readonly record struct PendingName(string Path, SimulatedFile? File);
