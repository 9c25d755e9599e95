using AuditHost.Configuration.Options;
using AuditHost.Journal;

namespace AuditHost.Tests.Journal;

[Promise("G2", "G10")]
public sealed class RetentionTests
{
    private static readonly JournalOptions Small = new() { ReserveBytes = 0, SegmentBytes = 64 << 10, MaxBytes = 1 << 20, TailBytes = 1 };

    [Fact]
    public async Task Segment_that_was_never_begun_is_no_loss_once_those_around_it_are_gone()
    {
        using var folder = new JournalFolder { Options = Small with { Retain = TimeSpan.Zero } };
        var storage = new FaultyStorage();
        int padding = (int)folder.Options.EffectiveSegmentBytes;
        await using (EventJournal journal = folder.Open(storage))
        {
            Cursor cursor = journal.OpenCursor("siem");
            await JournalFolder.AppendAsync(journal, 1, 1, padding);
            storage.BeforeSync = path => Fail(path.EndsWith(".log", StringComparison.Ordinal));
            storage.BeforeDelete = _ => Fail(true);
            await Assert.ThrowsAsync<JournalFailedException>(() => JournalFolder.AppendAsync(journal, 2, 1, padding));
            (storage.BeforeSync, storage.BeforeDelete) = (null, null);
            await JournalFolder.AppendAsync(journal, 2, 1, padding);
            await JournalFolder.AppendAsync(journal, 3, 1);
            cursor.Write(cursor.State with { Position = 4, Delivered = 3 });
            journal.Maintain();
            await JournalFolder.AppendAsync(journal, 4, 1);
            Assert.Equal(2, folder.Segments.Length);
        }

        await using EventJournal reopened = folder.Open();
        Assert.Empty(reopened.Damage.Reports);
        Assert.Single(folder.Segments);

        static void Fail(bool fails)
        {
            if (fails)
                throw FaultyStorage.InputOutputError();
        }
    }

    [Fact]
    public async Task Full_journal_refuses_until_the_slowest_destination_has_moved()
    {
        using var folder = new JournalFolder { Options = Small };
        await using EventJournal journal = folder.Open();
        Cursor fast = journal.OpenCursor("fast");
        Cursor slow = journal.OpenCursor("slow");
        var full = await Assert.ThrowsAsync<JournalFullException>(() => FillAsync(journal));
        Assert.Contains("host.journal.max_bytes", full.Message, StringComparison.Ordinal);
        Assert.True(journal.BytesOnDisk <= Small.MaxBytes);
        Assert.True(journal.IsFull);
        ulong next = journal.NextSequence;
        fast.Write(new CursorState(1, next, next - 1, 0, 0, 0));

        full = await Assert.ThrowsAsync<JournalFullException>(() => FillAsync(journal));

        Assert.Contains("'slow'", full.Message, StringComparison.Ordinal);
        Assert.Equal(1ul, journal.FirstSequence);
        ulong half = next / 2;
        slow.Write(new CursorState(1, half, half - 1, 0, 0, 0));
        await JournalFolder.AppendAsync(journal, 1, 10, padding: 900);
        Assert.False(journal.IsFull);
        Assert.InRange(journal.FirstSequence, 2ul, half);
        Assert.Equal(journal.FirstSequence, JournalFolder.ReadAll(journal.TryRead).Keys.First());
        Assert.Empty(journal.Damage.Reports);
    }

    [Fact]
    public async Task Cursor_of_a_destination_that_is_not_configured_still_counts_until_it_is_deleted()
    {
        using var folder = new JournalFolder { Options = Small };
        await using (EventJournal journal = folder.Open())
            journal.OpenCursor("forgotten");
        await using EventJournal reopened = folder.Open();
        await Assert.ThrowsAsync<JournalFullException>(() => FillAsync(reopened));

        Assert.True(reopened.DeleteCursor("forgotten"));

        await JournalFolder.AppendAsync(reopened, 1, 10, padding: 900);
        Assert.True(reopened.FirstSequence > 1);
    }

    [Fact]
    public async Task Age_deletes_what_everyone_is_past_and_only_that()
    {
        var time = new ManualTimeProvider();
        using var folder = new JournalFolder { Options = Small with { Retain = TimeSpan.FromDays(7) }, Time = time };
        await using EventJournal journal = folder.Open();
        Cursor cursor = journal.OpenCursor("siem");
        for (int number = 1; number <= 300; number += 10)
            await JournalFolder.AppendAsync(journal, number, 10, padding: 900);
        cursor.Write(new CursorState(1, 201, 200, 0, 0, 0));
        journal.Maintain();
        await JournalFolder.AppendAsync(journal, 301, 1);
        Assert.Equal(1ul, journal.FirstSequence);

        time.Advance(TimeSpan.FromDays(8));
        journal.Maintain();
        await JournalFolder.AppendAsync(journal, 302, 1);
        await JournalFolder.AppendAsync(journal, 303, 1);

        Assert.InRange(journal.FirstSequence, 100ul, 201ul);
        Assert.Equal(journal.SegmentCount, folder.Segments.Length);
        Assert.Equal(201ul, JournalFolder.ReadAll(journal.TryRead, 201).Keys.First());
    }

    [Fact]
    [Promise("G12")]
    public async Task Clock_that_jumps_deletes_nothing_early_and_keeps_nothing_for_ever()
    {
        var time = new ManualTimeProvider();
        using var folder = new JournalFolder { Options = Small with { Retain = TimeSpan.FromDays(7) }, Time = time };
        await using EventJournal journal = folder.Open();
        Cursor cursor = journal.OpenCursor("siem");
        for (int number = 1; number <= 300; number += 10)
        {
            await JournalFolder.AppendAsync(journal, number, 10, padding: 900);
            time.DateOffset += TimeSpan.FromDays(number % 20 == 1 ? 3653 : -3660);
        }

        ulong next = journal.NextSequence;
        cursor.Write(new CursorState(1, next, next - 1, 0, 0, 0));
        time.Advance(TimeSpan.FromDays(6));
        time.DateOffset += TimeSpan.FromDays(3653);
        await MaintainAsync(journal, 301);
        Assert.Equal(1ul, journal.FirstSequence);

        time.DateOffset += TimeSpan.FromDays(-7306);
        time.Advance(TimeSpan.FromDays(2));
        await MaintainAsync(journal, 302);
        Assert.InRange(journal.FirstSequence, 100ul, next);
    }

    private static async Task MaintainAsync(EventJournal journal, int number)
    {
        journal.Maintain();
        await JournalFolder.AppendAsync(journal, number, 1);
        await JournalFolder.AppendAsync(journal, number + 1000, 1);
    }

    [Fact]
    public async Task Without_retention_a_full_segment_goes_as_soon_as_everyone_is_past_it()
    {
        using var folder = new JournalFolder { Options = Small with { Retain = TimeSpan.Zero }, Time = new ManualTimeProvider() };
        await using EventJournal journal = folder.Open();
        Cursor cursor = journal.OpenCursor("siem");
        for (int number = 1; number <= 300; number += 10)
            await JournalFolder.AppendAsync(journal, number, 10, padding: 900);
        cursor.Write(new CursorState(1, 201, 200, 0, 0, 0));

        journal.Maintain();
        await JournalFolder.AppendAsync(journal, 301, 1);
        await JournalFolder.AppendAsync(journal, 302, 1);

        Assert.InRange(journal.FirstSequence, 100ul, 201ul);
        Assert.Equal(201ul, JournalFolder.ReadAll(journal.TryRead, 201).Keys.First());
    }

    [Fact]
    public async Task Reserve_of_the_volume_refuses_and_small_volumes_have_a_smaller_one()
    {
        using var folder = new JournalFolder { Options = Small with { ReserveBytes = 256L << 20 } };
        var storage = new FaultyStorage { Space = new(Total: 1L << 40, Free: 255L << 20) };
        await using EventJournal journal = folder.Open(storage);

        var full = await Assert.ThrowsAsync<JournalFullException>(() => JournalFolder.AppendAsync(journal, 1, 1));
        Assert.Contains("host.journal.reserve_bytes", full.Message, StringComparison.Ordinal);

        storage.Space = new(Total: 64L << 20, Free: 20L << 20);
        await JournalFolder.AppendAsync(journal, 1, 1);
        Assert.False(journal.IsFull);
    }

    private static async Task FillAsync(EventJournal journal)
    {
        for (int number = 1; number <= 3000; number += 10)
            await JournalFolder.AppendAsync(journal, number, 10, padding: 900);
    }
}
