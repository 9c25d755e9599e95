using AuditHost.Intake;
using AuditHost.Journal;
using AuditHost.Lanes.Filters;

namespace AuditHost.Lanes;

/// <summary>Walks the journal for one destination and fills its batches. Holds the one block it stands in.</summary>
/// <param name="journal">Where it walks.</param>
/// <param name="filters">What is for the destination.</param>
/// <param name="renderer">Renders what is.</param>
/// <param name="limits">When a batch is full.</param>
/// <param name="position">The first sequence number to look at.</param>
/// <param name="end">The one to stop before.</param>
internal sealed class LaneReader(
    EventJournal journal, FilterSet filters, BatchRenderer renderer, LaneLimits limits, ulong position, ulong end = ulong.MaxValue) : IDisposable
{
    private EventBlock? _block;

    /// <summary>The next sequence number to look at.</summary>
    public ulong Position { get; private set; } = position;

    /// <summary>Adds what is there to a batch.</summary>
    /// <returns>Why it stopped.</returns>
    public FillResult Fill(LaneBatch batch)
    {
        // A full batch that waits for its turn is shown here again at each turn of the loop.
        if (IsFull(batch))
            return FillResult.Full;
        for (int scanned = 0; scanned < LaneLimits.MaxScan;)
        {
            if (!MoveToBlock(batch))
                return FillResult.Exhausted;
            for (int i = (int)(Position - _block!.FirstSequence); i < _block.Count; i++, scanned++)
            {
                if (Position >= end)
                    return FillResult.Exhausted;
                if (scanned >= LaneLimits.MaxScan)
                    return FillResult.Scanned;
                ParsedEvent parsed = _block[i];
                if (!filters.Passes(parsed))
                {
                    batch.AddFiltered(parsed.Sequence);
                }
                else if (!TryAdd(batch, parsed))
                {
                    return FillResult.Full;
                }

                Position = parsed.Sequence + 1;
                if (IsFull(batch))
                    return FillResult.Full;
            }
        }

        return FillResult.Scanned;
    }

    /// <summary>Goes on elsewhere.</summary>
    public void Seek(ulong position)
    {
        Dispose();
        Position = position;
    }

    public void Dispose()
    {
        _block?.Release();
        _block = null;
    }

    private bool MoveToBlock(LaneBatch batch)
    {
        if (_block is not null && Position < _block.NextSequence)
            return true;
        Dispose();
        _block = Position < end ? journal.TryRead(Position) : null;
        if (_block is null)
            return false;
        if (_block.FirstSequence > Position)
        {
            batch.AddMissing(_block.FirstSequence - Position);
            Position = _block.FirstSequence;
        }

        return true;
    }

    private bool TryAdd(LaneBatch batch, ParsedEvent parsed) =>
        batch.TryHold(_block!) && renderer.TryAppend(batch, parsed, limits.MaxBytes);

    private bool IsFull(LaneBatch batch) => batch.Count >= limits.MaxEvents || (batch.Count > 0 && batch.Bytes >= limits.MaxBytes);
}
