using AuditHost.Configuration.Options;
using AuditHost.Journal;

namespace AuditHost.Tests.Journal;

[Promise("G2", "G14")]
public sealed class QuotaTests
{
    private static readonly JournalOptions Small = new() { ReserveBytes = 0, SegmentBytes = 64 << 10, MaxBytes = 1 << 20, TailBytes = 1 };

    [Fact]
    public async Task Destination_beyond_its_quota_holds_up_new_events_until_it_has_caught_up()
    {
        using var folder = new JournalFolder { Options = Small };
        await using EventJournal journal = folder.Open();
        Cursor slow = journal.OpenCursor("slow", quota: 256 << 10);
        journal.OpenCursor("fast");

        JournalFullException full = await Assert.ThrowsAsync<JournalFullException>(() => FillAsync(journal));

        Assert.Contains("the quota of 'slow' (262144 bytes) is used up", full.Message, StringComparison.Ordinal);
        Assert.True(full.RetryAfter > TimeSpan.Zero);
        Assert.True(journal.IsFull);
        Assert.InRange(journal.BytesFrom(1), 128 << 10, 256 << 10);
        ulong next = journal.NextSequence;
        slow.Write(new CursorState(1, next, next - 1, 0, 0, 0));
        await JournalFolder.AppendAsync(journal, 1, 10, padding: 900);
        Assert.False(journal.IsFull);
    }

    [Fact]
    public async Task Group_larger_than_a_quota_passes_where_nothing_waits()
    {
        using var folder = new JournalFolder { Options = Small };
        await using EventJournal journal = folder.Open();
        journal.OpenCursor("d", quota: 128 << 10);

        await JournalFolder.AppendAsync(journal, 1, 200, padding: 900);

        await Assert.ThrowsAsync<JournalFullException>(() => JournalFolder.AppendAsync(journal, 201, 1));
    }

    [Fact]
    public async Task Bytes_that_wait_are_counted_by_segments_and_shares_of_one()
    {
        using var folder = new JournalFolder { Options = Small };
        await using EventJournal journal = folder.Open();
        for (int number = 1; number <= 300; number += 10)
            await JournalFolder.AppendAsync(journal, number, 10, padding: 900);

        Assert.Equal(journal.BytesOnDisk, journal.BytesFrom(1));
        Assert.Equal(0, journal.BytesFrom(journal.NextSequence));
        long[] waiting = [.. Enumerable.Range(1, 301).Select(number => journal.BytesFrom((ulong)number))];
        Assert.Equal(waiting.OrderDescending(), waiting);
        Assert.InRange(waiting[100], journal.BytesOnDisk * 3 / 5, journal.BytesOnDisk * 3 / 4);
        Assert.Equal(1ul, journal.OldestWithin(journal.BytesOnDisk));
        ulong oldest = journal.OldestWithin(journal.BytesOnDisk / 2);
        Assert.InRange(journal.BytesFrom(oldest), 1, journal.BytesOnDisk / 2);
        Assert.True(journal.BytesFrom(oldest - 1) <= journal.BytesFrom(oldest) + (64 << 10));
        Assert.InRange(journal.OldestWithin(1), oldest, 300ul);
    }

    [Fact]
    public async Task Full_journal_names_what_is_left_behind()
    {
        using var folder = new JournalFolder { Options = Small };
        await using (EventJournal journal = folder.Open())
            journal.OpenCursor("forgotten");
        await using EventJournal reopened = folder.Open();

        JournalFullException full = await Assert.ThrowsAsync<JournalFullException>(() => FillAsync(reopened));

        Assert.Contains("'forgotten', which no destination of the site serves, keeps the oldest events; see audithost backlogs", full.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deletion_of_a_cursor_that_failed_can_be_ordered_again()
    {
        using var folder = new JournalFolder { Options = Small };
        await using EventJournal journal = folder.Open();
        journal.OpenCursor("d");
        string file = Path.Combine(folder.Path, "cursors", "d.cursor");
        File.Delete(file);
        Directory.CreateDirectory(file);

        Assert.ThrowsAny<Exception>(() => journal.DeleteCursor("d"));
        Assert.Single(journal.Cursors);
        Directory.Delete(file);

        Assert.True(journal.DeleteCursor("d"));
        Assert.Empty(journal.Cursors);
    }

    [Fact]
    public async Task Cursor_that_cannot_be_made_durable_says_so()
    {
        using var folder = new JournalFolder { Options = Small };
        var storage = new FaultyStorage();
        await using EventJournal journal = folder.Open(storage);
        Cursor cursor = journal.OpenCursor("d");
        storage.BeforeSync = path =>
        {
            if (path.EndsWith(".cursor", StringComparison.Ordinal))
                throw FaultyStorage.InputOutputError();
        };

        IOException failure = Assert.Throws<IOException>(() => cursor.WriteDurably(cursor.State with { Filtered = 1, Origin = 0 }));

        Assert.Contains("'d'", failure.Message, StringComparison.Ordinal);
        storage.BeforeSync = null;
        cursor.WriteDurably(cursor.State);
        Assert.Equal(cursor.State, cursor.SyncedState);
    }

    private static async Task FillAsync(EventJournal journal)
    {
        for (int number = 1; number < 5000; number += 10)
            await JournalFolder.AppendAsync(journal, number, 10, padding: 900);
    }
}
