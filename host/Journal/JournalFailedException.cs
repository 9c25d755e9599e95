namespace AuditHost.Journal;

/// <summary>A write or a sync failed. Nothing of the group was accepted; the failed segment is never written to again.</summary>
internal sealed class JournalFailedException(string message, Exception? innerException = null) : IOException(message, innerException);
