using AuditHost.Delivery;
using AuditHost.Journal;

namespace AuditHost.Lanes;

/// <summary>
/// Brings a destination's books in line with its dead letters, which are durable before the books are. A crash between an operator's order
/// and the cursor's next sync leaves letters resolved that the books still count as dead, or the other way round.
/// </summary>
internal static class BooksReconciliation
{
    /// <param name="books">What the cursor says.</param>
    /// <param name="open">The open letters of events that the cursor is past.</param>
    /// <param name="latestFirst">How letters were resolved; the latest are those that the books may have missed.</param>
    public static CursorState Of(CursorState books, ulong open, IEnumerable<ResolvedRun> latestFirst)
    {
        foreach (ResolvedRun run in latestFirst)
            books = Move(books, open, run);

        // What became of the rest is not on record any more.
        return Move(books, open, new ResolvedRun(Delivered: false, ulong.MaxValue));
    }

    private static CursorState Move(CursorState books, ulong open, ResolvedRun run)
    {
        if (books.DeadLettered >= open)
        {
            ulong missed = Math.Min(books.DeadLettered - open, run.Count);
            books = books with { DeadLettered = books.DeadLettered - missed };
            return run.Delivered ? books with { Delivered = books.Delivered + missed } : books with { Dropped = books.Dropped + missed };
        }

        ulong early = Math.Min(Math.Min(open - books.DeadLettered, run.Count), run.Delivered ? books.Delivered : books.Dropped);
        books = books with { DeadLettered = books.DeadLettered + early };
        return run.Delivered ? books with { Delivered = books.Delivered - early } : books with { Dropped = books.Dropped - early };
    }
}
