using AuditHost.Journal;

namespace AuditHost.Intake;

/// <summary>What a source has done since the start. Safe to read and to write from anywhere.</summary>
internal sealed class SourceCounters
{
    private long _accepted;
    private long _rejected;
    private long _refused;
    private long _duplicates;
    private long _bytes;

    /// <summary>New events that are durable.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>Pieces of input that were no events.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>Good events turned away, or told to wait, because the journal took none.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Events that were stored already and were accepted without being stored again.</summary>
    public long Duplicates => Interlocked.Read(ref _duplicates);

    /// <summary>Bytes of the accepted events.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <param name="receipt">What became of a batch.</param>
    /// <param name="bytes">The bytes of its new events.</param>
    public void AddAccepted(AppendReceipt receipt, long bytes)
    {
        Interlocked.Add(ref _accepted, receipt.Count);
        Interlocked.Add(ref _duplicates, receipt.Duplicates);
        Interlocked.Add(ref _bytes, bytes);
    }

    public void AddRejected(int pieces) => Interlocked.Add(ref _rejected, pieces);

    public void AddRefused(int events) => Interlocked.Add(ref _refused, events);
}
