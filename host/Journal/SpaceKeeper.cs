using System.Globalization;
using AuditHost.Configuration.Options;
using AuditHost.Journal.Quarantine;
using AuditHost.Journal.Records;
using AuditHost.Journal.Storage;

namespace AuditHost.Journal;

/// <summary>
/// Keeps the journal within its limits: deletes what every destination is past and says no when that is not enough. Used by the
/// committer's thread alone.
/// </summary>
internal sealed class SpaceKeeper(
    string directory, RecordLog log, CursorSet cursors, DamageQuarantine quarantine, JournalOptions options, IJournalStorage storage, ReceiptClock clock, TimeProvider time)
{
    /// <summary>On a volume smaller than four times the reserve, a quarter of it is the reserve.</summary>
    private const int LargestShareOfVolume = 4;


    private static readonly TimeSpan FreeSpaceCheckInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private long _checkedAt = long.MinValue;
    private int _checkedSegments;

    /// <summary>Whether the last append was refused.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Makes room for a group.</summary>
    /// <exception cref="JournalFullException">There is none.</exception>
    public void Demand(long bytes)
    {
        DemandQuotas(bytes);
        if (log.BytesOnDisk + bytes > options.MaxBytes)
        {
            Maintain(bytes, pressed: false);
            if (log.BytesOnDisk + bytes > options.MaxBytes)
                throw Full(string.Create(CultureInfo.InvariantCulture, $"host.journal.max_bytes ({options.MaxBytes} bytes) is reached{SlowestDestination()}"));
        }

        DemandFreeSpace(bytes);
        IsFull = false;
    }

    /// <summary>What to tell a sender when the volume ran out of space in spite of the reserve.</summary>
    public JournalFullException DiskFull() => Full("the volume has no space left");

    /// <summary>Deletes the segments whose time is over, or more where space is short.</summary>
    /// <param name="bytes">What is to be written next.</param>
    /// <param name="pressed">Whether the volume itself is short of space.</param>
    public void Maintain(long bytes, bool pressed)
    {
        // Only positions that a power cut cannot take back count, so they are made durable first.
        cursors.Sync();
        ulong floor = Math.Min(cursors.SyncedFloor, log.NextSequence);
        long remaining = log.BytesOnDisk + bytes;
        log.DeleteBefore(floor, (segment, following) =>
        {
            bool mayGo = pressed || remaining > options.MaxBytes || IsTooOld(following);
            remaining -= segment.Length;
            if (mayGo)
                quarantine.Keep();
            return mayGo;
        });
    }

    /// <summary>Whether the segment before this one, which was full when this one was made, has been kept for long enough.</summary>
    private bool IsTooOld(Segment following) =>
        clock.AgeOf(following.FirstSequence, new DateTimeOffset(following.CreatedAtTicks, TimeSpan.Zero)) >= options.Retain;

    private void DemandQuotas(long bytes)
    {
        foreach (Cursor cursor in cursors.Limited)
        {
            long waiting = log.BytesFrom(cursor.State.Position);
            if (waiting > 0 && waiting + bytes > cursor.Quota)
                throw Full(string.Create(CultureInfo.InvariantCulture, $"the quota of '{cursor.Name}' ({cursor.Quota} bytes) is used up and it has not delivered the oldest events yet"));
        }
    }

    private void DemandFreeSpace(long bytes)
    {
        long now = time.GetTimestamp();
        bool fresh = _checkedAt != long.MinValue && time.GetElapsedTime(_checkedAt, now) < FreeSpaceCheckInterval;
        if (fresh && _checkedSegments == log.Segments.Count && !IsFull)
            return;
        (_checkedAt, _checkedSegments) = (now, log.Segments.Count);
        if (HasFreeSpace(bytes, out long reserve))
            return;
        Maintain(bytes, pressed: true);
        if (!HasFreeSpace(bytes, out reserve))
            throw Full(string.Create(CultureInfo.InvariantCulture, $"the volume has less free space than host.journal.reserve_bytes asks for ({reserve} bytes){SlowestDestination()}"));
    }

    private bool HasFreeSpace(long bytes, out long reserve)
    {
        VolumeSpace space = storage.SpaceOf(directory);
        reserve = Math.Min(options.ReserveBytes, space.Total / LargestShareOfVolume);
        return space.Free - bytes >= reserve;
    }

    private JournalFullException Full(string limit)
    {
        IsFull = true;
        return new JournalFullException($"The journal takes no events now: {limit}. What it holds is kept and still delivered.", RetryAfter);
    }

    private string SlowestDestination()
    {
        if (cursors.Lost is [var lost, ..])
            return $" and '{lost}', whose cursor is damaged and which no destination of the site serves, keeps all events; see audithost backlogs";
        Cursor? slowest = cursors.All.MinBy(cursor => cursor.State.Position);
        if (slowest is null || slowest.State.Position >= log.NextSequence)
            return "";
        return slowest.IsServed
            ? $" and '{slowest.Name}' has not delivered the oldest events yet"
            : $" and '{slowest.Name}', which no destination of the site serves, keeps the oldest events; see audithost backlogs";
    }
}
