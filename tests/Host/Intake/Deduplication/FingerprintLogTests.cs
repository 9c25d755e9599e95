using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Intake.Deduplication;
using AuditHost.Journal;
using AuditHost.Journal.Storage;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Intake.Deduplication;

[Promise("G4")]
public sealed class FingerprintLogTests : IDisposable
{
    private const int BlockBytes = 1024;

    private static readonly DeduplicationOptions Options = new();

    private readonly FingerprintKey _key = FingerprintKey.Create();
    private readonly JournalFolder _folder = new();

    [Fact]
    public async Task Start_asks_the_log_and_not_the_journal()
    {
        await using EventJournal journal = _folder.Open();
        await JournalFolder.AppendAsync(journal, 1, 5);
        await using FingerprintLog log = await NotedAsync(journal, (1, FingerprintsOf(101, 5)));

        RecentEvents recent = Load(journal, log);

        Assert.Equal([true, true, true, true, true], Known(recent, FingerprintsOf(101, 5)));
        Assert.Equal([false, false, false, false, false], Known(recent, FingerprintsOf(1, 5)));
    }

    [Fact]
    public async Task Start_reads_the_events_that_the_log_lacks()
    {
        await using EventJournal journal = _folder.Open();
        await JournalFolder.AppendAsync(journal, 1, 20);
        await using FingerprintLog log = await NotedAsync(journal, (13, FingerprintsOf(113, 3)), (4, FingerprintsOf(104, 2)), (5, FingerprintsOf(105, 3)));

        RecentEvents recent = Load(journal, log);

        Assert.Equal(
            [true, true, true, false, false, false, false, true, true, true, true, true, false, false, false, true, true, true, true, true],
            Known(recent, FingerprintsOf(1, 20)));
        Assert.DoesNotContain(false, Known(recent, [.. FingerprintsOf(104, 4), .. FingerprintsOf(113, 3)]));
    }

    [Fact]
    public async Task What_was_noted_for_another_journal_or_for_events_to_come_says_nothing()
    {
        await using EventJournal journal = _folder.Open();
        await JournalFolder.AppendAsync(journal, 1, 5);
        await using (FingerprintLog other = Open(Guid.NewGuid()))
            other.Add(1, FingerprintsOf(101, 5));
        await using FingerprintLog log = await NotedAsync(journal, (5, FingerprintsOf(205, 2)));

        RecentEvents recent = Load(journal, log);

        Assert.DoesNotContain(false, Known(recent, FingerprintsOf(1, 5)));
        Assert.DoesNotContain(true, Known(recent, [.. FingerprintsOf(101, 5), .. FingerprintsOf(205, 2)]));
    }

    [Fact]
    public async Task Event_that_the_journal_has_lost_is_taken_again()
    {
        await using (EventJournal journal = _folder.Open())
        {
            await JournalFolder.AppendAsync(journal, 1, 5);
            await JournalFolder.AppendAsync(journal, 6, 5);
            await (await NotedAsync(journal, (1, FingerprintsOf(1, 5)), (6, FingerprintsOf(6, 5)))).DisposeAsync();
        }

        using (FileStream segment = File.OpenWrite(_folder.Segments[^1]))
            segment.SetLength(segment.Length - 100);
        await using EventJournal damaged = _folder.Open();
        await using FingerprintLog log = Open(damaged.LogId);
        RecentEvents recent = Load(damaged, log);

        Assert.Contains(damaged.Damage.Reports, static report => report.LostEvents > 0);
        Assert.Equal([true, true, true, true, true, true, true, true, true, false], Known(recent, FingerprintsOf(1, 10)));
    }

    [Fact]
    public async Task Event_without_an_id_of_its_own_is_never_known()
    {
        await using EventJournal journal = _folder.Open();
        await JournalFolder.AppendAsync(journal, "{}", "{}");
        await using FingerprintLog log = await NotedAsync(journal, (1, new UInt128[2]));

        Assert.Equal([false, false], Known(Load(journal, log), new UInt128[2]));
    }

    [Fact]
    public async Task Sink_notes_what_it_stores_and_a_restarted_one_takes_none_of_it_again()
    {
        // One block for all of it: a smaller one may be left out while the one before it is still being written.
        await using (EventJournal journal = _folder.Open())
        await using (FingerprintLog log = Open(journal.LogId, blockBytes: 1 << 20))
        {
            var sink = new DeduplicatingSink(journal, new RecentEvents(Options, TimeProvider.System), log.Key, log);
            for (int first = 1; first < 500; first += 7)
                await sink.AppendAsync(JournalFolder.BatchOf(first, 10), TestContext.Current.CancellationToken);
        }

        await using EventJournal again = _folder.Open();
        await using FingerprintLog noted = Open(again.LogId);
        var sequences = new SequenceRanges();
        noted.Read((first, fingerprints) => sequences.Add(first, first + (ulong)fingerprints.Length));
        RecentEvents recent = Load(again, noted);

        Assert.Equal([(1ul, again.NextSequence)], sequences.All);
        Assert.DoesNotContain(false, Known(recent, FingerprintsOf(1, (int)again.NextSequence - 1)));
    }

    [Fact]
    public async Task Key_is_the_logs_and_what_was_noted_with_another_says_nothing()
    {
        await using EventJournal journal = _folder.Open();
        await JournalFolder.AppendAsync(journal, 1, 5);
        byte[] first;
        await using (FingerprintLog log = await NotedAsync(journal, (1, FingerprintsOf(101, 5))))
            first = log.Key.Secret.ToArray();
        await using (FingerprintLog log = FingerprintLog.Open(LogPath, journal.LogId, Options.MaxEvents, DiskStorage.Instance, TimeProvider.System))
        {
            Assert.Equal(first, log.Key.Secret);
            Assert.DoesNotContain(false, Known(Load(journal, log), FingerprintsOf(101, 5)));
        }

        Directory.Delete(LogPath, recursive: true);
        await using FingerprintLog other = FingerprintLog.Open(LogPath, journal.LogId, Options.MaxEvents, DiskStorage.Instance, TimeProvider.System);

        Assert.NotEqual(first, other.Key.Secret.ToArray());
        Assert.DoesNotContain(true, Known(Load(journal, other), FingerprintsOf(1, 5)));
    }

    [Fact]
    public async Task Log_keeps_within_its_bound()
    {
        const int MaxEvents = 100_000;
        const int LargestSegment = 2 << 20;
        UInt128[] batch = FingerprintsOf(1, MaxEvents / 10);
        for (int first = 1; first < 10 * MaxEvents; first += batch.Length)
        {
            await using FingerprintLog log = Open(Guid.NewGuid(), MaxEvents);
            log.Add((ulong)first, batch);
        }

        long bytes = new DirectoryInfo(LogPath).EnumerateFiles("*.log").Sum(file => file.Length);

        Assert.InRange(bytes, MaxEvents * 16, (MaxEvents * 32) + LargestSegment);
    }

    [Fact]
    public async Task Disk_that_does_not_take_the_log_keeps_no_sender_waiting_and_nothing_is_forgotten()
    {
        var storage = new FaultyStorage();
        await using EventJournal journal = _folder.Open();
        await using (FingerprintLog log = FingerprintLog.Open(LogPath, journal.LogId, Options.MaxEvents, storage, TimeProvider.System, BlockBytes, _key))
        {
            storage.BeforeWrite = static (_, _) => throw FaultyStorage.InputOutputError();
            var sink = new DeduplicatingSink(journal, new RecentEvents(Options, TimeProvider.System), log.Key, log);
            for (int first = 1; first <= 500; first += 10)
                Assert.Equal(10, (await sink.AppendAsync(JournalFolder.BatchOf(first, 10), TestContext.Current.CancellationToken)).Count);
        }

        await using FingerprintLog again = Open(journal.LogId);

        Assert.DoesNotContain(false, Known(Load(journal, again), FingerprintsOf(1, 500)));
    }

    [Fact]
    public async Task Log_that_cannot_be_read_is_no_reason_to_forget_what_the_journal_holds()
    {
        await using EventJournal journal = _folder.Open();
        await JournalFolder.AppendAsync(journal, 1, 5);
        await (await NotedAsync(journal, (1, FingerprintsOf(101, 5)))).DisposeAsync();
        var storage = new FaultyStorage();
        await using FingerprintLog log = FingerprintLog.Open(LogPath, journal.LogId, Options.MaxEvents, storage, TimeProvider.System, fresh: _key);
        storage.BeforeRead = static (_, _, _) => throw FaultyStorage.InputOutputError();

        RecentEvents recent = Load(journal, log);

        Assert.DoesNotContain(false, Known(recent, FingerprintsOf(1, 5)));
        Assert.DoesNotContain(true, Known(recent, FingerprintsOf(101, 5)));
    }

    public void Dispose() => _folder.Dispose();

    private string LogPath => Path.Combine(_folder.Path, FingerprintLog.Folder);

    private FingerprintLog Open(Guid journal, int maxEvents = 1_000_000, int blockBytes = BlockBytes) =>
        FingerprintLog.Open(LogPath, journal, maxEvents, DiskStorage.Instance, TimeProvider.System, blockBytes, _key);

    private async Task<FingerprintLog> NotedAsync(EventJournal journal, params (ulong First, UInt128[] Fingerprints)[] batches)
    {
        await using (FingerprintLog log = Open(journal.LogId))
        {
            foreach ((ulong first, UInt128[] fingerprints) in batches)
                log.Add(first, fingerprints);
        }

        return Open(journal.LogId);
    }

    private static RecentEvents Load(EventJournal journal, FingerprintLog log)
    {
        var recent = new RecentEvents(Options, TimeProvider.System);
        RecentEventsLoader.Load(journal, log, log.Key, recent, Options, TimeProvider.System);
        return recent;
    }

    private UInt128[] FingerprintsOf(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(number => _key.FingerprintOf(Encoding.UTF8.GetBytes(JournalFolder.JsonOf(number))))];

    private static bool[] Known(RecentEvents recent, UInt128[] fingerprints)
    {
        bool[] known = new bool[fingerprints.Length];
        Assert.Null(recent.Reserve(fingerprints, new Reservation(), known));
        return known;
    }
}
