using AuditHost.Journal;

namespace AuditHost.Tests.Journal;

public sealed class DamageTests
{
    private const int SegmentHeaderSize = 64;

    [Fact]
    public async Task Log_cut_at_any_byte_gives_back_the_prefix()
    {
        using var folder = new JournalFolder();
        List<(long End, int Events)> commits = await WriteAsync(folder, [1, 2]);
        byte[] whole = await File.ReadAllBytesAsync(folder.Segments[0], TestContext.Current.CancellationToken);
        byte[] mark = await File.ReadAllBytesAsync(MarkOf(folder), TestContext.Current.CancellationToken);

        for (int length = whole.Length; length >= 0; length--)
        {
            File.WriteAllBytes(folder.Segments.FirstOrDefault() ?? NameOfFirst(folder), whole[..length]);
            File.WriteAllBytes(MarkOf(folder), mark);
            int expected = commits.Where(commit => commit.End <= length).Sum(commit => commit.Events);
            await using EventJournal journal = folder.Open();
            SortedDictionary<ulong, string> events = JournalFolder.ReadAll(journal.TryRead);

            // Whole records of the cut frame are kept too, since the mark says that they were accepted.
            Assert.True(events.Count >= expected, $"Cut at {length}: {events.Count} of {expected} events.");
            AssertContents(events);
            Assert.Equal(length == whole.Length, journal.Damage.Count == 0);
            Assert.Equal(4ul, journal.NextSequence);
            if (length % 16 == 0)
            {
                Assert.Equal(new AppendReceipt(4, 4), await JournalFolder.AppendAsync(journal, 4, 1));
                Assert.Equal(4ul, JournalFolder.ReadAll(journal.TryRead).Keys.Last());
            }

            await journal.DisposeAsync();
            foreach (string segment in folder.Segments)
                File.Delete(segment);
        }
    }

    [Fact]
    public async Task Sector_that_the_disk_cannot_read_costs_the_events_in_it_and_no_other()
    {
        const int BadSector = 8192;
        using var folder = new JournalFolder();
        await using (EventJournal before = folder.Open())
        {
            for (int first = 1; first <= 100; first += 10)
                await JournalFolder.AppendAsync(before, first, 10, padding: 200);
        }

        var storage = new FaultyStorage
        {
            BeforeRead = (path, offset, length) =>
            {
                if (path.EndsWith(".log", StringComparison.Ordinal) && offset < BadSector + 4096 && offset + length > BadSector)
                    throw FaultyStorage.InputOutputError();
            },
        };
        await using EventJournal journal = folder.Open(storage);
        SortedDictionary<ulong, string> events = JournalFolder.ReadAll(journal.TryRead);

        Assert.All(events, pair => Assert.Equal(JournalFolder.JsonOf((int)pair.Key, padding: 200), pair.Value));
        ulong[] lost = [.. Enumerable.Range(1, 100).Select(number => (ulong)number).Except(events.Keys)];
        Assert.InRange(lost.Length, 4096 / 300, (4096 / 250) + 2);
        Assert.Equal((ulong)lost.Length - 1, lost[^1] - lost[0]);
        Assert.True(journal.Damage.Count > 0);
    }

    [Fact]
    public async Task Disk_that_reads_nothing_at_all_gives_nothing_up_for_lost()
    {
        using var folder = new JournalFolder();
        await using (EventJournal before = folder.Open())
            await JournalFolder.AppendAsync(before, 1, 100, padding: 200);
        bool away = false;
        var storage = new FaultyStorage
        {
            BeforeRead = (_, _, _) =>
            {
                if (away)
                    throw FaultyStorage.InputOutputError();
            },
        };
        await using EventJournal journal = folder.Open(storage);

        away = true;
        Assert.Throws<IOException>(() => journal.TryRead(1));
        away = false;

        Assert.Equal(100, JournalFolder.ReadAll(journal.TryRead).Count);
        Assert.Equal(0, journal.Damage.Count);
    }

    [Fact]
    public async Task Torn_end_that_was_never_accepted_is_cut_in_silence()
    {
        using var folder = new JournalFolder();
        List<(long End, int Events)> commits = await WriteAsync(folder, [2, 1, 3], afterEach: index =>
        {
            if (index == 1)
                File.Copy(Path.Combine(folder.Path, "high-water"), Path.Combine(folder.Path, "saved"));
        });
        string segment = folder.Segments[0];
        byte[] whole = await File.ReadAllBytesAsync(segment, TestContext.Current.CancellationToken);
        for (int length = (int)commits[1].End; length < whole.Length; length++)
        {
            File.WriteAllBytes(segment, whole[..length]);
            File.Copy(Path.Combine(folder.Path, "saved"), MarkOf(folder), overwrite: true);
            await using EventJournal journal = folder.Open();
            Assert.Empty(journal.Damage.Reports);
            Assert.Equal(4ul, journal.NextSequence);
            Assert.Equal(3, JournalFolder.ReadAll(journal.TryRead).Count);
            Assert.Equal(commits[1].End, new FileInfo(segment).Length);
        }
    }

    [Fact]
    public async Task Flipped_bit_costs_at_most_the_record_it_is_in()
    {
        using var folder = new JournalFolder();
        await WriteAsync(folder, [1, 2]);
        string segment = folder.Segments[0];
        byte[] whole = await File.ReadAllBytesAsync(segment, TestContext.Current.CancellationToken);
        byte[] mark = await File.ReadAllBytesAsync(MarkOf(folder), TestContext.Current.CancellationToken);
        int lost = 0;
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] flipped = (byte[])whole.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(segment, flipped);
            using JournalReader journal = EventJournal.OpenReadOnly(folder.Path);
            SortedDictionary<ulong, string> events = JournalFolder.ReadAll(journal.TryRead);

            AssertContents(events);
            Assert.True(events.Count >= 2, $"Bit {bit}: {events.Count} of 3 events are left.");
            Assert.True(journal.Damage.Count > 0, $"Bit {bit} went unnoticed.");
            Assert.Equal((ulong)(3 - events.Count), journal.Damage.Aggregate(0ul, (sum, report) => Math.Max(sum, report.LostEvents)));
            Assert.Equal(4ul, journal.NextSequence);
            lost += 3 - events.Count;
        }

        Assert.True(lost > 0, "Some bits must have hit a record.");
        Assert.Equal(mark, await File.ReadAllBytesAsync(MarkOf(folder), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Damage_at_the_end_does_not_stop_the_journal_from_going_on()
    {
        using var folder = new JournalFolder();
        await WriteAsync(folder, [2, 2]);
        Flip(folder.Segments[0], new FileInfo(folder.Segments[0]).Length - 60);

        await using (EventJournal journal = folder.Open())
        {
            EventBlock empty = journal.TryRead(4)!;
            Assert.Equal((5ul, 0), (empty.FirstSequence, empty.Count));
            empty.Release();
            Assert.Equal(new AppendReceipt(5, 5), await JournalFolder.AppendAsync(journal, 5, 1));
            Assert.Equal([1ul, 2, 3, 5], JournalFolder.ReadAll(journal.TryRead).Keys.ToArray());
            Assert.Equal((4ul, 5ul), journal.Damage.Reports.Where(report => report.LostEvents > 0).Select(report => (report.First, report.Next)).Distinct().Single());
        }

        await using EventJournal again = folder.Open();
        Assert.Equal([1ul, 2, 3, 5], JournalFolder.ReadAll(again.TryRead).Keys.ToArray());
    }

    [Fact]
    public async Task Zeroed_page_costs_only_what_was_in_it()
    {
        using var folder = new JournalFolder();
        await using (EventJournal journal = folder.Open())
            await JournalFolder.AppendAsync(journal, 1, 100, padding: 400);
        await using (FileStream stream = File.OpenWrite(folder.Segments[0]))
        {
            stream.Position = 4096;
            stream.Write(new byte[4096]);
        }

        await using EventJournal reopened = folder.Open();
        SortedDictionary<ulong, string> events = JournalFolder.ReadAll(reopened.TryRead);
        Assert.InRange(events.Count, 88, 93);
        Assert.All(events, item => Assert.Equal(JournalFolder.JsonOf((int)item.Key, 400), item.Value));
        Assert.Equal(100ul - (ulong)events.Count, reopened.Damage.Reports.Max(report => report.LostEvents));
    }

    [Fact]
    public async Task Missing_segment_is_reported_with_its_events()
    {
        using JournalFolder folder = await ManySegmentsAsync();
        ulong[] firsts = await FirstsAsync(folder);
        File.Delete(folder.Segments[1]);

        await using EventJournal journal = folder.Open();

        Assert.Contains(journal.Damage.Reports, report => (report.First, report.Next) == (firsts[1], firsts[2]));
        SortedDictionary<ulong, string> events = JournalFolder.ReadAll(journal.TryRead);
        Assert.Equal(journal.NextSequence - 1 - (firsts[2] - firsts[1]), (ulong)events.Count);
    }

    [Fact]
    public async Task Missing_last_segment_raises_the_alarm_and_its_numbers_are_not_given_again()
    {
        using JournalFolder folder = await ManySegmentsAsync();
        File.Delete(folder.Segments[^1]);

        await using EventJournal journal = folder.Open();

        Assert.Equal(401ul, journal.NextSequence);
        DamageReport report = Assert.Single(journal.Damage.Reports);
        Assert.Equal(401ul, report.Next);
        Assert.Equal(new AppendReceipt(401, 401), await JournalFolder.AppendAsync(journal, 401, 1));
        Assert.Equal((ulong)JournalFolder.ReadAll(journal.TryRead).Count, 401 - report.LostEvents);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Empty_and_copied_segments_are_reported_and_left_alone(bool copied)
    {
        using JournalFolder folder = await ManySegmentsAsync();
        string strange = Path.Combine(folder.Path, "00000000000000000099.log");
        if (copied)
            File.Copy(folder.Segments[1], strange);
        else
            File.WriteAllBytes(folder.Segments[1], []);
        int lost = copied ? 0 : 1;

        await using (EventJournal journal = folder.Open())
        {
            Assert.NotEmpty(journal.Damage.Reports);
            Assert.Equal(lost, journal.Damage.Reports.Count(report => report.LostEvents > 0));
            AssertNoGapsBut(journal, lost);
            await JournalFolder.AppendAsync(journal, 401, 1);
        }

        Assert.Equal(copied, File.Exists(strange));
        await using EventJournal again = folder.Open();
        Assert.Equal(402ul, again.NextSequence);
    }

    [Fact]
    public async Task Segment_of_a_newer_version_is_refused_and_nothing_is_touched()
    {
        using var folder = new JournalFolder();
        await WriteAsync(folder, [3]);
        byte[] bytes = await File.ReadAllBytesAsync(folder.Segments[0], TestContext.Current.CancellationToken);
        bytes[7] = 9;
        uint crc = AuditHost.Journal.Records.Crc32C.Of(bytes.AsSpan(0, SegmentHeaderSize - 4));
        BitConverter.TryWriteBytes(bytes.AsSpan(SegmentHeaderSize - 4), crc);
        await File.WriteAllBytesAsync(folder.Segments[0], [.. bytes, 1, 2, 3], TestContext.Current.CancellationToken);

        var refusal = Assert.Throws<JournalFormatException>(() => folder.Open());

        Assert.Contains("version 9", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(bytes.Length + 3, new FileInfo(folder.Segments[0]).Length);
    }

    [Fact]
    public async Task Lost_mark_is_reported_and_loses_nothing()
    {
        using var folder = new JournalFolder();
        await WriteAsync(folder, [3]);
        await File.WriteAllBytesAsync(MarkOf(folder), new byte[1024], TestContext.Current.CancellationToken);

        await using EventJournal journal = folder.Open();

        Assert.Contains("high-water", Assert.Single(journal.Damage.Reports).File, StringComparison.Ordinal);
        Assert.Equal(3, JournalFolder.ReadAll(journal.TryRead).Count);
        Assert.Equal(4ul, journal.NextSequence);
    }

    [Fact]
    public async Task Payload_that_looks_like_a_frame_is_not_taken_for_one()
    {
        using var folder = new JournalFolder();
        await WriteAsync(folder, [1, 1]);
        byte[] whole = await File.ReadAllBytesAsync(folder.Segments[0], TestContext.Current.CancellationToken);
        using var other = new JournalFolder();
        await WriteAsync(other, [1]);
        byte[] foreign = await File.ReadAllBytesAsync(other.Segments[0], TestContext.Current.CancellationToken);

        // Frames of another journal, put where this one's last frame was.
        await File.WriteAllBytesAsync(folder.Segments[0], [.. whole[..((whole.Length + SegmentHeaderSize) / 2)], .. foreign[SegmentHeaderSize..]], TestContext.Current.CancellationToken);
        await using EventJournal journal = folder.Open();

        Assert.Equal([1ul], JournalFolder.ReadAll(journal.TryRead).Keys.ToArray());
        Assert.NotEmpty(journal.Damage.Reports);
    }

    private static void AssertNoGapsBut(EventJournal journal, int gaps)
    {
        ulong[] sequences = [.. JournalFolder.ReadAll(journal.TryRead).Keys];
        Assert.Equal(gaps, sequences.Zip(sequences.Skip(1)).Count(pair => pair.Second != pair.First + 1));
    }

    private static void AssertContents(SortedDictionary<ulong, string> events) =>
        Assert.All(events, item => Assert.Equal(JournalFolder.JsonOf((int)item.Key), item.Value));

    private static async Task<List<(long End, int Events)>> WriteAsync(JournalFolder folder, int[] groups, Action<int>? afterEach = null)
    {
        var commits = new List<(long, int)>();
        await using EventJournal journal = folder.Open();
        int number = 1;
        foreach (int count in groups)
        {
            await JournalFolder.AppendAsync(journal, number, count);
            commits.Add((journal.BytesOnDisk, count));
            afterEach?.Invoke(commits.Count - 1);
            number += count;
        }

        return commits;
    }

    private static async Task<JournalFolder> ManySegmentsAsync()
    {
        var folder = new JournalFolder { Options = new() { ReserveBytes = 0, SegmentBytes = 64 << 10, TailBytes = 1 } };
        await using EventJournal journal = folder.Open();
        for (int number = 1; number <= 400; number += 10)
            await JournalFolder.AppendAsync(journal, number, 10, padding: 600);
        Assert.True(journal.SegmentCount >= 4);
        return folder;
    }

    private static async Task<ulong[]> FirstsAsync(JournalFolder folder)
    {
        var firsts = new List<ulong>();
        foreach (string segment in folder.Segments)
            firsts.Add(BitConverter.ToUInt64((await File.ReadAllBytesAsync(segment)).AsSpan(40)));
        return [.. firsts];
    }

    private static void Flip(string path, long offset)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[offset] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private static string MarkOf(JournalFolder folder) => Path.Combine(folder.Path, "high-water");

    private static string NameOfFirst(JournalFolder folder) => Path.Combine(folder.Path, "00000000000000000001.log");
}
