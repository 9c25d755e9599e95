using AuditHost.Delivery;
using AuditHost.Intake;
using AuditHost.Journal;
using AuditHost.Lanes.Alerts;
using AuditHost.Lanes.Filters;
using AuditHost.Lanes.Poison;

namespace AuditHost.Lanes;

/// <summary>Walks the journal for one destination and fills its batches. Holds the one block it stands in.</summary>
/// <param name="journal">Where it walks.</param>
/// <param name="filters">What is for the destination.</param>
/// <param name="renderer">Renders what is.</param>
/// <param name="limits">When a batch is full.</param>
/// <param name="position">The first sequence number to look at.</param>
/// <param name="end">The one to stop before.</param>
/// <param name="guard">Where given, it may want events one at a time, each marked while it is rendered.</param>
/// <param name="grouper">Where given, puts events into alerts. Messages are rendered, and careful, when they are sent.</param>
internal sealed class LaneReader(
    EventJournal journal, FilterSet filters, BatchRenderer renderer, LaneLimits limits, ulong position, ulong end = ulong.MaxValue,
    PoisonGuard? guard = null, AlertGrouper? grouper = null) : IDisposable
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

    /// <summary>Adds the next event alone, when it is the lane's turn.</summary>
    public async ValueTask<FillResult> FillCarefullyAsync(LaneBatch batch, CancellationToken stopping)
    {
        await guard!.TakeTurnAsync(stopping);
        try
        {
            FillResult result = Fill(batch);
            if (result == FillResult.Exhausted && batch.Count == 0)
                guard.Relax();
            return result;
        }
        finally
        {
            guard.Give();
        }
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

    private bool TryAdd(LaneBatch batch, ParsedEvent parsed)
    {
        if (grouper is not null)
            return grouper.TryAdd(batch, parsed, alone: guard is { IsCareful: true });
        if (!batch.TryHold(_block!))
            return false;
        if (guard is not { IsCareful: true })
            return renderer.TryAppend(batch, parsed, limits.MaxBytes);
        AddCarefully(batch, parsed, guard);
        return true;
    }

    private void AddCarefully(LaneBatch batch, ParsedEvent parsed, PoisonGuard guard)
    {
        if (guard.IsSuspected(parsed.Sequence))
        {
            batch.Add(parsed, batch.Rendered.Length, default, PoisonGuard.Reason, DeathCause.SuspectedPoison);
        }
        else
        {
            guard.Mark(parsed.Sequence);
            renderer.Append(batch, parsed);
            if (batch.RenderingError(0) is null)
                renderer.Rehearse(batch);
            guard.Unmark();
        }

        guard.Passed();
    }

    private int MaxEvents => grouper is not null ? AlertGrouper.MostEvents : guard is { IsCareful: true } ? 1 : limits.MaxEvents;

    /// <summary>Of alerts no bytes count: what a connector takes at a time are their messages.</summary>
    private bool IsFull(LaneBatch batch) => batch.Passed >= MaxEvents || (grouper is null && batch.Count > 0 && batch.Bytes >= limits.MaxBytes);
}
