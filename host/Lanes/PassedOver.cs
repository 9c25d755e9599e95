using AuditHost.Journal;

namespace AuditHost.Lanes;

/// <summary>A stretch of the journal that a lane passes over at once, and how each of its events is booked.</summary>
internal sealed class PassedOver
{
    private ulong _delivered;
    private ulong _deadLettered;
    private ulong _filtered;

    /// <param name="first">Where it begins: the lane's position.</param>
    public PassedOver(ulong first) => First = End = first;

    public ulong First { get; }

    public ulong End { get; private set; }

    /// <summary>Given up: on their way without an answer, missing in the journal, or not looked at by any filter yet.</summary>
    public ulong Dropped { get; private set; }

    /// <summary>A batch whose delivery came to its end.</summary>
    public void AddSettled(LaneBatch batch, in Settlement settlement)
    {
        _delivered += settlement.Delivered;
        _deadLettered += settlement.DeadLettered;
        _filtered += (ulong)batch.Filtered;
        Dropped += batch.Missing + settlement.Dropped;
        End = batch.EndSequence;
    }

    /// <summary>A batch that was given up on its way.</summary>
    public void AddGivenUp(LaneBatch batch)
    {
        _filtered += (ulong)batch.Filtered;
        Dropped += (ulong)batch.Passed + batch.Missing;
        End = batch.EndSequence;
    }

    /// <summary>What was not on its way.</summary>
    public void AddUnsent(ulong end)
    {
        if (end <= End)
            return;
        Dropped += end - End;
        End = end;
    }

    /// <summary>The books behind the stretch.</summary>
    public CursorState Over(in CursorState books) => Counted(books) with { Position = End };

    /// <summary>The books of a lane that goes back: what it settled stays settled, what it reads again is accepted a second time.</summary>
    public CursorState Back(in CursorState books, ulong position)
    {
        CursorState counted = Counted(books);
        return counted with { Position = position, Origin = position - counted.Delivered - counted.Filtered - counted.DeadLettered - counted.Dropped };
    }

    private CursorState Counted(in CursorState books) => books with
    {
        Delivered = books.Delivered + _delivered,
        Filtered = books.Filtered + _filtered,
        DeadLettered = books.DeadLettered + _deadLettered,
        Dropped = books.Dropped + Dropped,
    };
}
