using System.Text;
using AuditHost.Delivery;
using AuditHost.Intake;
using AuditHost.Journal;
using AuditHost.Journal.Storage;

namespace AuditHost.Tests.Journal;

[Promise("G17")]
public sealed class GoldenDirectoryTests
{
    public static TheoryData<string> Versions => [.. GoldenDirectory.Versions];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Journal_of_an_older_host_is_read_and_written_on(string version)
    {
        using var golden = GoldenDirectory.CopyOf(version);
        await using (EventJournal journal = EventJournal.Open(golden.Journal, GoldenDirectory.Options, TimeProvider.System))
        {
            AssertEvents(JournalFolder.ReadAll(journal.TryRead), GoldenDirectory.Events);
            Assert.Equal(GoldenDirectory.Lane, journal.OpenCursor("lane").State);
            Assert.Equal(1ul, journal.OpenCursor("idle").State.Position);
            Assert.Equal(0, journal.Damage.Count);
            Assert.Equal(new AppendReceipt(GoldenDirectory.Events + 1, GoldenDirectory.Events + 1), await journal.AppendAsync(Next(), TestContext.Current.CancellationToken));
        }

        await using EventJournal again = EventJournal.Open(golden.Journal, GoldenDirectory.Options, TimeProvider.System);
        AssertEvents(JournalFolder.ReadAll(again.TryRead), GoldenDirectory.Events + 1);
        Assert.Equal(0, again.Damage.Count);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Ids_that_an_older_host_assigned_stay(string version)
    {
        using var golden = GoldenDirectory.CopyOf(version);
        string[] first = await IdsAsync(golden);
        string[] second = await IdsAsync(golden);

        Assert.Equal(first, second);
        Assert.Equal(GoldenDirectory.Events, first.Distinct().Count());
        Assert.Equal("golden-1", first[0]);
        Assert.True(Guid.TryParse(first[2], out Guid assigned) && assigned != Guid.Empty);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Dead_letters_of_an_older_host_are_read_and_written_on(string version)
    {
        using var golden = GoldenDirectory.CopyOf(version);
        using (var letters = DeadLetterStore.Open(golden.DeadLetters, DiskStorage.Instance, TimeProvider.System))
        {
            Assert.Equal(2, letters.Count);
            Assert.Null(letters.Find(2));
            Assert.Equal(Guid.Empty, letters.Find(3)!.AssignedId);
            Assert.Equal([3ul], await letters.ResolveAsync([3], DeadLetterOutcome.Replayed, "lane", TestContext.Current.CancellationToken));
        }

        using var again = DeadLetterStore.Open(golden.DeadLetters, DiskStorage.Instance, TimeProvider.System);
        Assert.Equal("lane", again.Find(1)!.Destination);
        Assert.Equal(1, again.Count);
    }

    /// <summary>When a format has changed, AUDITHOST_WRITE_GOLDEN=1 writes the folder of the new version, to be committed.</summary>
    [Fact]
    public async Task What_the_host_writes_now_is_what_its_newest_directory_holds()
    {
        if (Environment.GetEnvironmentVariable("AUDITHOST_WRITE_GOLDEN") == "1")
            await GoldenDirectory.WriteAsync(GoldenDirectory.NextVersion());
        string fresh = Directory.CreateTempSubdirectory("audithost-golden-").FullName;
        try
        {
            await GoldenDirectory.WriteAsync(fresh);
            using var golden = GoldenDirectory.CopyOf(GoldenDirectory.Versions.Last());

            Assert.Equal(FilesOf(golden.Path), FilesOf(fresh));
        }
        finally
        {
            Directory.Delete(fresh, recursive: true);
        }
    }

    /// <summary>Names and lengths: the contents hold times and random ids.</summary>
    private static string[] FilesOf(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => $"{Path.GetRelativePath(folder, file)} {new FileInfo(file).Length}").Order(StringComparer.Ordinal)];

    private static async Task<string[]> IdsAsync(GoldenDirectory golden)
    {
        await using EventJournal journal = EventJournal.Open(golden.Journal, GoldenDirectory.Options, TimeProvider.System);
        List<string> ids = [];
        for (ulong next = 1; journal.TryRead(next) is { } block; next = block.NextSequence)
        {
            for (int i = 0; i < block.Count; i++)
                ids.Add(block[i].Id.ToString());
            block.Release();
        }

        return [.. ids];
    }

    private static void AssertEvents(SortedDictionary<ulong, string> events, int count) =>
        Assert.Equal(Enumerable.Range(1, count).Select(number => KeyValuePair.Create((ulong)number, GoldenDirectory.Json(number))), events);

    private static IntakeBatch Next()
    {
        byte[] json = Encoding.UTF8.GetBytes(GoldenDirectory.Json(GoldenDirectory.Events + 1));
        Assert.True(EventParser.TryParse(json, out EventIndex index, out _));
        var batch = new IntakeBatch();
        batch.Add(json, index);
        return batch;
    }
}
