using AuditHost.Delivery;
using AuditHost.Journal;
using AuditHost.Lanes;

namespace AuditHost.Tests.Lanes;

public sealed class BooksReconciliationTests
{
    private static readonly CursorState Books = new(1, 11, Delivered: 4, Filtered: 1, DeadLettered: 3, Dropped: 2);

    [Fact]
    public void Books_that_agree_with_the_letters_stay_as_they_are() =>
        Assert.Equal(Books, BooksReconciliation.Of(Books, open: 3, [new ResolvedRun(true, 5)]));

    [Fact]
    public void Letters_resolved_last_are_those_the_books_missed() =>
        Assert.Equal(
            Books with { DeadLettered = 1, Delivered = 5, Dropped = 3 },
            BooksReconciliation.Of(Books, open: 1, [new ResolvedRun(true, 1), new ResolvedRun(false, 5)]));

    [Fact]
    public void What_is_not_on_record_counts_as_dropped() =>
        Assert.Equal(Books with { DeadLettered = 0, Dropped = 5 }, BooksReconciliation.Of(Books, open: 0, []));

    [Fact]
    public void Order_that_was_booked_for_an_event_which_died_again_is_taken_back() =>
        Assert.Equal(
            Books with { DeadLettered = 5, Delivered = 3, Dropped = 1 },
            BooksReconciliation.Of(Books, open: 5, [new ResolvedRun(true, 1), new ResolvedRun(false, 9)]));
}
