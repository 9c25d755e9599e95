using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Journal.Storage;
using AuditHost.Lanes.Drops;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Tests.Delivery;

/// <summary>Dead letters that have used up their share of the disk.</summary>
[Promise("G7", "G2")]
public sealed class DeadLetterBoundTests : IDisposable
{
    private const long Limit = 1 << 20;
    private static readonly byte[] Event = new byte[20_000];

    private readonly string _folder = Directory.CreateTempSubdirectory("audithost-letters-").FullName;
    private readonly DropLog _drops;

    public DeadLetterBoundTests() => _drops = OpenDrops();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Full_store_takes_no_letter_until_the_oldest_are_settled()
    {
        using DeadLetterStore store = Open(FullPolicy.Block);

        DeadLettersFullException full = await Assert.ThrowsAsync<DeadLettersFullException>(() => FillAsync(store, "a", 200));

        Assert.Contains("host.dead_letters.max_bytes (1048576 bytes)", full.Message, StringComparison.Ordinal);
        int kept = store.Count;
        Assert.InRange(kept, 25, 45);
        Assert.Empty(_drops.Records);
        await store.ResolveAsync([.. store.Letters().Take(kept / 2).Select(letter => letter.Id)], DeadLetterOutcome.Discarded, null, Stop);
        await store.AddAsync([Letters.Of("a", 1000, Event)], Stop);
        Assert.True(BytesOnDisk() <= Limit * 5 / 4);
    }

    [Fact]
    public async Task Oldest_letters_go_with_a_record_where_the_site_says_so()
    {
        var told = new Dictionary<string, int>();
        using (DeadLetterStore store = Open(FullPolicy.DropOldest))
        {
            store.Dropped += (destination, count) => told[destination] = told.GetValueOrDefault(destination) + count;

            await FillAsync(store, "a", 10);
            await FillAsync(store, "b", 190);

            Assert.Equal(200, store.Count + told.Values.Sum());
            Assert.Equal(10, told["a"]);
            Assert.Equal(("b", 189ul), (store.Letters().Last().Destination, store.Letters().Last().Sequence));
        }

        Assert.All(told, one => Assert.Equal((ulong)one.Value, Sum(one.Key)));
        Assert.All(_drops.Records, record => Assert.Equal(DropReason.DeadLetters, record.Reason));
        using DeadLetterStore again = Open(FullPolicy.DropOldest);
        Assert.Equal(200, again.Count + told.Values.Sum());
        Assert.All(told, one => Assert.Equal((ulong)one.Value, Sum(one.Key)));
    }

    [Fact]
    public async Task Record_of_letters_that_a_crash_kept_open_is_taken_back()
    {
        using (DeadLetterStore store = Open(FullPolicy.DropOldest))
            await FillAsync(store, "a", 5);
        _drops.TryRecord(new DropRecord { Destination = "a", Reason = DropReason.DeadLetters, First = 1, End = 6, Events = 5, Bytes = 1, At = default }, inevitable: false);

        using DeadLetterStore again = Open(FullPolicy.DropOldest);

        Assert.Equal(5, again.Count);
        Assert.Empty(_drops.Records);
    }

    public void Dispose()
    {
        _drops.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private DropLog OpenDrops() => DropLog.Open(Path.Combine(_folder, "drops"), DiskStorage.Instance, TimeProvider.System, NullLogger.Instance);

    private DeadLetterStore Open(FullPolicy policy) => DeadLetterStore.Open(
        Path.Combine(_folder, "letters"), DiskStorage.Instance, TimeProvider.System,
        new DeadLetterBound(new DeadLetterOptions { MaxBytes = Limit, OnFull = policy }, _drops, TimeProvider.System));

    private long BytesOnDisk() => Directory.GetFiles(Path.Combine(_folder, "letters"), "*.log").Sum(file => new FileInfo(file).Length);

    private ulong Sum(string destination) =>
        _drops.Records.Where(record => record.Destination == destination).Aggregate(0ul, (sum, record) => sum + record.Events);

    private static async Task FillAsync(DeadLetterStore store, string destination, int count)
    {
        for (int i = 0; i < count; i++)
            await store.AddAsync([Letters.Of(destination, (ulong)i, Event)], Stop);
    }
}
