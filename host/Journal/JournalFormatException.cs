namespace AuditHost.Journal;

/// <summary>A file was written by a newer version of the host. It is left as it is.</summary>
internal sealed class JournalFormatException(string path, int version, int newestKnown) : IOException(
    $"'{path}' has format version {version}; this version of AuditHost reads up to {newestKnown}. "
    + "Nothing was changed. Start the newer version that wrote it, or give this one another data directory.");
