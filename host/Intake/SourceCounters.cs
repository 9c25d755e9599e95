namespace AuditHost.Intake;

/// <summary>What a source has done since the start. Safe to read and to write from anywhere.</summary>
internal sealed class SourceCounters
{
    private long _accepted;
    private long _rejected;
    private long _refused;
    private long _bytes;

    /// <summary>Events that are durable.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>Pieces of input that were no events.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>Good events turned away, or told to wait, because the journal took none.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Bytes of the accepted events.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public void AddAccepted(int events, long bytes)
    {
        Interlocked.Add(ref _accepted, events);
        Interlocked.Add(ref _bytes, bytes);
    }

    public void AddRejected(int pieces) => Interlocked.Add(ref _rejected, pieces);

    public void AddRefused(int events) => Interlocked.Add(ref _refused, events);
}
