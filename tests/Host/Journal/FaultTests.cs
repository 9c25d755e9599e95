using AuditHost.Journal;

namespace AuditHost.Tests.Journal;

[Promise("G1", "G10")]
public sealed class FaultTests
{
    [Fact]
    public async Task Sender_is_answered_after_the_sync_and_not_before()
    {
        using var folder = new JournalFolder();
        using var syncing = new SemaphoreSlim(0);
        using var gate = new ManualResetEventSlim();
        var storage = new FaultyStorage();
        await using EventJournal journal = folder.Open(storage);
        await JournalFolder.AppendAsync(journal, 1, 1);
        storage.BeforeSync = path =>
        {
            if (!IsSegment(path))
                return;
            syncing.Release();
            gate.Wait(JournalFolder.Patience);
        };

        Task<AppendReceipt> append = JournalFolder.AppendAsync(journal, 2, 1);
        Assert.True(await syncing.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken));

        Assert.False(append.IsCompleted);
        Assert.Equal(2ul, journal.NextSequence);
        Assert.Null(journal.TryRead(2));
        gate.Set();
        Assert.Equal(new AppendReceipt(2, 2), await append);
    }

    [Fact]
    public async Task Senders_that_wait_together_share_one_sync()
    {
        using var folder = new JournalFolder();
        using var syncing = new SemaphoreSlim(0);
        using var gate = new ManualResetEventSlim();
        var storage = new FaultyStorage();
        await using EventJournal journal = folder.Open(storage);
        await JournalFolder.AppendAsync(journal, 1, 1);
        storage.BeforeSync = path =>
        {
            syncing.Release();
            gate.Wait(JournalFolder.Patience);
        };
        Task<AppendReceipt> first = JournalFolder.AppendAsync(journal, 2, 1);
        Assert.True(await syncing.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken));
        int syncs = storage.LogSyncs;
        Task<AppendReceipt>[] waiting = [.. Enumerable.Range(0, 100).Select(index => JournalFolder.AppendAsync(journal, 3 + (index * 2), 2))];
        gate.Set();

        AppendReceipt[] receipts = await Task.WhenAll(waiting);

        await first;
        Assert.Equal(1, storage.LogSyncs - syncs);
        Assert.Equal(Enumerable.Range(0, 100).Select(index => new AppendReceipt(3 + ((ulong)index * 2), 4 + ((ulong)index * 2))), receipts);
        Assert.Equal(3, journal.Commits);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Failed_sync_or_write_fails_the_senders_and_the_next_append_takes_a_new_segment(bool sync)
    {
        using var folder = new JournalFolder();
        var storage = new FaultyStorage();
        await using (EventJournal journal = folder.Open(storage))
        {
            await JournalFolder.AppendAsync(journal, 1, 2);
            if (sync)
                storage.BeforeSync = path => Throw(IsSegment(path));
            else
                storage.BeforeWrite = (path, length) => Throw(IsSegment(path)) + length;

            await Assert.ThrowsAsync<JournalFailedException>(() => JournalFolder.AppendAsync(journal, 3, 2));
            Assert.NotNull(journal.Failure);
            Assert.Equal(3ul, journal.NextSequence);
            await Assert.ThrowsAsync<JournalFailedException>(() => JournalFolder.AppendAsync(journal, 3, 2));
            Assert.Equal(2, JournalFolder.ReadAll(journal.TryRead).Count);

            (storage.BeforeSync, storage.BeforeWrite) = (null, null);
            Assert.Equal(new AppendReceipt(3, 4), await JournalFolder.AppendAsync(journal, 3, 2));
            Assert.Null(journal.Failure);
        }

        Assert.Equal(2, folder.Segments.Length);
        await using EventJournal reopened = folder.Open();
        Assert.Equal([1ul, 2, 3, 4], JournalFolder.ReadAll(reopened.TryRead).Keys.ToArray());
        Assert.Empty(reopened.Damage.Reports);
    }

    [Fact]
    public async Task What_a_failed_group_left_behind_is_never_read()
    {
        using var folder = new JournalFolder();
        var storage = new FaultyStorage();
        string suspect;
        await using (EventJournal journal = folder.Open(storage))
        {
            await JournalFolder.AppendAsync(journal, 1, 2);
            suspect = folder.Segments[0];
            byte[]? left = null;
            storage.BeforeSync = path =>
            {
                left = File.ReadAllBytes(suspect);
                Throw(IsSegment(path));
            };
            await Assert.ThrowsAsync<JournalFailedException>(() => JournalFolder.AppendAsync(journal, 900, 2));
            storage.BeforeSync = null;
            await JournalFolder.AppendAsync(journal, 3, 2);

            // As if the failing disk had refused the truncation too.
            await File.WriteAllBytesAsync(suspect, left!, TestContext.Current.CancellationToken);
        }

        await using EventJournal reopened = folder.Open();
        SortedDictionary<ulong, string> events = JournalFolder.ReadAll(reopened.TryRead);
        Assert.Equal(4, events.Count);
        Assert.All(events, item => Assert.Equal(JournalFolder.JsonOf((int)item.Key), item.Value));
    }

    [Fact]
    public async Task Full_disk_refuses_events_and_still_reads_and_moves_cursors()
    {
        using var folder = new JournalFolder { Options = new() { ReserveBytes = 0, TailBytes = 1 } };
        var storage = new FaultyStorage();
        await using EventJournal journal = folder.Open(storage);
        Cursor cursor = journal.OpenCursor("siem");
        await JournalFolder.AppendAsync(journal, 1, 2);
        storage.BeforeCreate = _ => throw FaultyStorage.NoSpace();
        storage.BeforeWrite = (path, length) => IsSegment(path) ? length / 2 : length;

        for (int attempt = 0; attempt < 3; attempt++)
        {
            var full = await Assert.ThrowsAsync<JournalFullException>(() => JournalFolder.AppendAsync(journal, 3, 2));
            Assert.Contains("no space", full.Message, StringComparison.Ordinal);
            Assert.True(full.RetryAfter > TimeSpan.Zero);
        }

        Assert.True(journal.IsFull);
        Assert.Equal(2, JournalFolder.ReadAll(journal.TryRead).Count);
        cursor.Write(new CursorState(1, 3, 2, 0, 0, 0));
        Assert.Null(cursor.Failure);
        (storage.BeforeCreate, storage.BeforeWrite) = (null, null);
        Assert.Equal(new AppendReceipt(3, 4), await JournalFolder.AppendAsync(journal, 3, 2));
        Assert.False(journal.IsFull);
        Assert.Equal(4, JournalFolder.ReadAll(journal.TryRead).Count);
    }

    [Fact]
    public async Task Group_is_accepted_whole_or_not_at_all_when_a_write_is_cut_short()
    {
        using var folder = new JournalFolder();
        var storage = new FaultyStorage();
        await using (EventJournal journal = folder.Open(storage))
        {
            await JournalFolder.AppendAsync(journal, 1, 1);
            storage.BeforeWrite = (path, length) => IsSegment(path) ? length - 50 : length;
            await Assert.ThrowsAsync<JournalFullException>(() => JournalFolder.AppendAsync(journal, 2, 5));
        }

        await using EventJournal reopened = folder.Open();
        Assert.Equal(2ul, reopened.NextSequence);
        Assert.Single(JournalFolder.ReadAll(reopened.TryRead));
        Assert.Empty(reopened.Damage.Reports);
    }

    [Fact]
    public async Task Cancelled_append_that_no_group_took_is_not_written()
    {
        using var folder = new JournalFolder();
        using var syncing = new SemaphoreSlim(0);
        using var gate = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        var storage = new FaultyStorage();
        await using EventJournal journal = folder.Open(storage);
        await JournalFolder.AppendAsync(journal, 1, 1);
        storage.BeforeSync = path =>
        {
            syncing.Release();
            gate.Wait(JournalFolder.Patience);
        };
        Task<AppendReceipt> first = JournalFolder.AppendAsync(journal, 2, 1);
        Assert.True(await syncing.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken));
        Task<AppendReceipt> cancelled = journal.AppendAsync(JournalFolder.BatchOf(3, 1), cancellation.Token).AsTask();
        Task<AppendReceipt> last = JournalFolder.AppendAsync(journal, 4, 1);

        await cancellation.CancelAsync();
        gate.Set();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(new AppendReceipt(2, 2), await first);
        Assert.Equal(new AppendReceipt(3, 3), await last);
    }

    [Fact]
    public async Task Closing_writes_what_waits_and_refuses_what_comes()
    {
        using var folder = new JournalFolder();
        EventJournal journal = folder.Open();
        Task<AppendReceipt>[] appends = [.. Enumerable.Range(1, 50).Select(number => JournalFolder.AppendAsync(journal, number, 1))];

        await journal.DisposeAsync();

        AppendReceipt[] receipts = await Task.WhenAll(appends);
        Assert.Equal(50ul, receipts.Max(receipt => receipt.Last));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => JournalFolder.AppendAsync(journal, 51, 1));
    }

    private static int Throw(bool doIt) => doIt ? throw FaultyStorage.InputOutputError() : 0;

    private static bool IsSegment(string path) => path.EndsWith(".log", StringComparison.Ordinal);
}
