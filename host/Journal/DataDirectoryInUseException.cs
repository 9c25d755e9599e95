namespace AuditHost.Journal;

/// <summary>A second host on one data directory is refused: it would write over the first one's events.</summary>
internal sealed class DataDirectoryInUseException(string directory, string? process)
    : IOException($"data directory {directory} is in use by process {process ?? "unknown"}");
