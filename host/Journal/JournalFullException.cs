namespace AuditHost.Journal;

/// <summary>The journal takes no events now: its limit or the disk's is reached. What it holds is safe and still delivered.</summary>
internal sealed class JournalFullException(string message, TimeSpan retryAfter) : IOException(message)
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
