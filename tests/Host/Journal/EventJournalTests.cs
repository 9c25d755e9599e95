using AuditHost.Intake;
using AuditHost.Journal;
using AuditHost.Journal.Storage;

namespace AuditHost.Tests.Journal;

[Promise("G1", "G2")]
public sealed class EventJournalTests
{
    [Fact]
    public async Task Journal_gives_back_what_it_took_also_after_a_restart()
    {
        using var folder = new JournalFolder();
        Guid logId;
        await using (EventJournal journal = folder.Open())
        {
            logId = journal.LogId;
            Assert.Equal(1ul, journal.NextSequence);
            Assert.Equal(new AppendReceipt(1, 3), await JournalFolder.AppendAsync(journal, 1, 3));
            Assert.Equal(new AppendReceipt(4, 4), await JournalFolder.AppendAsync(journal, 4, 1));
        }

        await using (EventJournal journal = folder.Open())
        {
            Assert.Equal(logId, journal.LogId);
            Assert.Equal((1ul, 5ul), (journal.FirstSequence, journal.NextSequence));
            Assert.Equal(new AppendReceipt(5, 5), await JournalFolder.AppendAsync(journal, 5, 1));
            SortedDictionary<ulong, string> events = JournalFolder.ReadAll(journal.TryRead);
            Assert.Equal([1ul, 2, 3, 4, 5], events.Keys.ToArray());
            Assert.All(events, item => Assert.Equal(JournalFolder.JsonOf((int)item.Key), item.Value));
            Assert.Empty(journal.Damage.Reports);
            Assert.Single(folder.Segments);
        }
    }

    [Fact]
    public async Task Assigned_id_and_envelope_survive_the_disk()
    {
        using var folder = new JournalFolder();
        var id = Guid.Parse("0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001");
        var batch = new IntakeBatch();
        byte[] json = """{"event_type":"Foreign","severity":"critical"}"""u8.ToArray();
        Assert.True(EventParser.TryParse(json, out EventIndex index, out _));
        batch.Add(json, index, id);
        await using (EventJournal journal = folder.Open())
            await journal.AppendAsync(batch, TestContext.Current.CancellationToken);

        await using EventJournal reopened = folder.Open();
        EventBlock block = reopened.TryRead(1)!;
        Assert.Equal(id.ToString(), block[0].Id.ToString());
        Assert.Equal("Foreign", block[0].Type.ToString());
        Assert.Equal(Sdk.Severity.Critical, block[0].Severity);
        Assert.Equal(DateTimeOffset.UtcNow, block[0].ReceivedAt, TimeSpan.FromMinutes(5));
        block.Release();
    }

    [Fact]
    public async Task Level_and_lagging_readers_see_the_same_events()
    {
        using var folder = new JournalFolder { Options = new() { ReserveBytes = 0, TailBytes = 64 << 10, SegmentBytes = 64 << 10 } };
        await using EventJournal journal = folder.Open();
        var fromTail = new SortedDictionary<ulong, string>();
        for (int number = 1; number <= 2000; number += 10)
        {
            await JournalFolder.AppendAsync(journal, number, 10, padding: 300);
            foreach ((ulong sequence, string json) in JournalFolder.ReadAll(journal.TryRead, (ulong)number))
                fromTail.Add(sequence, json);
        }

        SortedDictionary<ulong, string> fromDisk = JournalFolder.ReadAll(journal.TryRead);

        Assert.True(journal.SegmentCount > 5, "The events must be spread over several segments.");
        Assert.Equal(2000, fromDisk.Count);
        Assert.Equal(fromTail, fromDisk);
        Assert.Empty(journal.Damage.Reports);
    }

    [Fact]
    public async Task Reader_can_begin_anywhere()
    {
        using var folder = new JournalFolder { Options = new() { ReserveBytes = 0, TailBytes = 1, SegmentBytes = 64 << 10 } };
        await using EventJournal journal = folder.Open();
        for (int number = 1; number <= 600; number += 7)
            await JournalFolder.AppendAsync(journal, number, 7, padding: 500);

        for (ulong sequence = 602; sequence >= 1; sequence--)
        {
            EventBlock block = journal.TryRead(sequence)!;
            Assert.True(block.FirstSequence <= sequence && block.NextSequence > sequence);
            Assert.Equal(JournalFolder.JsonOf((int)sequence, 500), System.Text.Encoding.UTF8.GetString(block[(int)(sequence - block.FirstSequence)].Json.Span));
            block.Release();
        }

        Assert.Null(journal.TryRead(603));
        Assert.Empty(journal.Damage.Reports);
    }

    [Fact]
    public async Task Lagging_readers_of_one_place_share_what_was_read_from_disk()
    {
        using var folder = new JournalFolder { Options = new() { ReserveBytes = 0, TailBytes = 1, SegmentBytes = 64 << 10 } };
        await using EventJournal journal = folder.Open();
        for (int number = 1; number <= 600; number += 10)
            await JournalFolder.AppendAsync(journal, number, 10, padding: 500);
        int inTail = journal.Pool.Rented;

        EventBlock first = journal.TryRead(1)!;
        EventBlock second = journal.TryRead(2)!;
        EventBlock later = journal.TryRead(first.NextSequence)!;

        Assert.Same(first, second);
        Assert.NotSame(first, later);
        Assert.Equal(inTail + 2, journal.Pool.Rented);
        first.Release();
        Assert.Equal(1ul, second[0].Sequence);
        second.Release();
        later.Release();
        Assert.Equal(inTail, journal.Pool.Rented);
    }

    /// <summary>Seeded. A block is never used for other events while somebody reads it, whoever lets go of it and when.</summary>
    [Fact]
    public async Task Readers_of_shared_blocks_see_their_events_while_others_let_go_of_them()
    {
        const int Count = 600;
        using var folder = new JournalFolder { Options = new() { ReserveBytes = 0, TailBytes = 1, SegmentBytes = 64 << 10 } };
        await using EventJournal journal = folder.Open();
        for (int number = 1; number <= Count; number += 10)
            await JournalFolder.AppendAsync(journal, number, 10, padding: 500);
        int inTail = journal.Pool.Rented;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(reader => Task.Run(() =>
        {
            var random = new Random(reader);
            var held = new Queue<EventBlock>();
            for (int round = 0; round < 300; round++)
            {
                ulong sequence = (ulong)random.Next(1, Count - 20);
                EventBlock block = journal.TryRead(sequence)!;
                held.Enqueue(block);
                Assert.Equal(sequence, block[(int)(sequence - block.FirstSequence)].Sequence);
                if (held.Count < 3)
                    continue;
                EventBlock oldest = held.Dequeue();
                Assert.All(Enumerable.Range(0, oldest.Count), index =>
                    Assert.Equal(JournalFolder.JsonOf((int)oldest.FirstSequence + index, 500), System.Text.Encoding.UTF8.GetString(oldest[index].Json.Span)));
                oldest.Release();
            }

            while (held.TryDequeue(out EventBlock? block))
                block.Release();
        })));

        Assert.Equal(inTail, journal.Pool.Rented);
    }

    [Fact]
    public async Task Blocks_go_back_to_the_pool_when_nobody_holds_them()
    {
        using var folder = new JournalFolder();
        EventJournal journal = folder.Open();
        await JournalFolder.AppendAsync(journal, 1, 5);
        EventBlock held = journal.TryRead(1)!;
        EventBlock again = journal.TryRead(2)!;
        Assert.Same(held, again);
        Assert.Equal(1, journal.Pool.Rented);

        await journal.DisposeAsync();
        Assert.Equal(1, journal.Pool.Rented);
        Assert.Equal("e-3", held[2].Id.ToString());
        held.Release();
        Assert.Equal(1, journal.Pool.Rented);
        again.Release();
        Assert.Equal(0, journal.Pool.Rented);
    }

    [Fact]
    public async Task Waiting_reader_is_woken_by_the_append()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        Task waiting = journal.WaitForAsync(1, TestContext.Current.CancellationToken).AsTask();
        Assert.False(waiting.IsCompleted);
        Assert.Null(journal.TryRead(1));

        await JournalFolder.AppendAsync(journal, 1, 1);

        await waiting.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);
        journal.TryRead(1)!.Release();
    }

    [Fact]
    public async Task Offline_reader_sees_everything_and_changes_nothing()
    {
        using var folder = new JournalFolder();
        await using (EventJournal journal = folder.Open())
        {
            journal.OpenCursor("siem");
            await JournalFolder.AppendAsync(journal, 1, 20);
        }

        await File.AppendAllBytesAsync(folder.Segments[^1], new byte[100], TestContext.Current.CancellationToken);
        Dictionary<string, byte[]> before = Contents(folder.Path);
        using (JournalReader reader = EventJournal.OpenReadOnly(folder.Path))
        {
            Assert.Equal(20, JournalFolder.ReadAll(reader.TryRead).Count);
            Assert.Equal(21ul, reader.NextSequence);
            Assert.Equal("siem", Assert.Single(reader.Cursors).Name);
        }

        Assert.Equal(before, Contents(folder.Path));
    }

    [Fact]
    public async Task Files_are_their_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        using var folder = new JournalFolder();
        string inside = Path.Combine(folder.Path, "journal");
        await using (EventJournal journal = EventJournal.Open(inside, folder.Options, TimeProvider.System, DiskStorage.Instance))
        {
            journal.OpenCursor("siem");
            await JournalFolder.AppendAsync(journal, 1, 1);
        }

        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(inside));
        string[] files = Directory.GetFiles(inside, "*", SearchOption.AllDirectories);
        Assert.Equal(3, files.Length);
        foreach (string file in files)
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    private static Dictionary<string, byte[]> Contents(string directory) =>
        Directory.GetFiles(directory, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.ReadAllBytes);
}
