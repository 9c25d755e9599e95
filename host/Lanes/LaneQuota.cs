using AuditHost.Configuration.Options;
using AuditHost.Journal;
using AuditHost.Lanes.Drops;

namespace AuditHost.Lanes;

/// <summary>How much may wait for a destination whose oldest events go when more does, and the record of those that went.</summary>
internal sealed class LaneQuota(string destination, long bytes, EventJournal journal, DropLog drops, TimeProvider time)
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    private long _retriedAt;

    /// <returns><see langword="null"/> for a destination of another policy.</returns>
    public static LaneQuota? Of(DestinationOptions options, EventJournal journal, DropLog? drops, TimeProvider time) =>
        options is { OnFull: FullPolicy.DropOldest, Quota: { } quota }
            ? new LaneQuota(options.Name, quota, journal, drops ?? throw new ArgumentNullException(nameof(drops)), time)
            : null;

    public long Bytes => bytes;

    /// <summary>A record from here on was not carried out: a crash came first.</summary>
    public void Begin(ulong position) => drops.Retract(new DropRetraction(destination, DropReason.Quota, position));

    /// <summary>Whether too much waits.</summary>
    /// <param name="position">The first event that waits.</param>
    /// <param name="end">Where the lane must go on, at the beginning of a segment.</param>
    public bool IsExceededFrom(ulong position, out ulong end)
    {
        end = position;
        if (journal.BytesFrom(position) > bytes)
            end = journal.OldestWithin(bytes);
        else if (drops.Unwritten > 0 && time.GetElapsedTime(_retriedAt) >= RetryInterval)
            RetryRecords();
        return end > position;
    }

    /// <summary>Makes durable what the lane is about to pass over.</summary>
    /// <returns>Whether the disk took it.</returns>
    public bool TryRecord(PassedOver range) => range.Dropped == 0 || drops.TryRecord(new DropRecord
    {
        Destination = destination,
        Reason = DropReason.Quota,
        First = range.First,
        End = range.End,
        Events = range.Dropped,
        Bytes = journal.BytesFrom(range.First) - journal.BytesFrom(range.End),
        At = time.GetUtcNow(),
    }, inevitable: true);

    private void RetryRecords()
    {
        _retriedAt = time.GetTimestamp();
        drops.Retry();
    }
}
