namespace AuditHost.Faults.Disk;

/// <summary>The machine or the process is gone. An <see cref="IOException"/>, so that what is left of the old journal ends as on a dead disk.</summary>
internal sealed class DiskIsDownException() : IOException("The simulated machine is down.");
