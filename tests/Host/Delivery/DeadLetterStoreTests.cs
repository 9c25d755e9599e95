using AuditHost.Delivery;
using AuditHost.Journal.Storage;

namespace AuditHost.Tests.Delivery;

[Promise("G7")]
public sealed class DeadLetterStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audithost-letters-").FullName;

    [Fact]
    public async Task Letters_survive_a_restart_and_resolved_ones_stay_away()
    {
        using (DeadLetterStore store = Open())
        {
            await store.AddAsync([Letters.Of("a", 1), Letters.Of("a", 2), Letters.Of("b", 2)], TestContext.Current.CancellationToken);
            await store.ResolveAsync([1], DeadLetterOutcome.Discarded, null, TestContext.Current.CancellationToken);
        }

        using DeadLetterStore reopened = Open(readOnly: true);
        Assert.Equal([2ul, 3], reopened.Letters().Select(letter => letter.Id));
        Assert.Equal((1, 1), (reopened.CountOf("a"), reopened.CountOf("b")));
        Assert.Null(reopened.Find(1));
        Assert.Equal("{}"u8.ToArray(), reopened.Find(3)!.Original.ToArray());
    }

    [Fact]
    public async Task Event_that_dies_again_replaces_its_letter()
    {
        using DeadLetterStore store = Open();
        await store.AddAsync([Letters.Of("a", 1)], TestContext.Current.CancellationToken);
        await store.AddAsync([Letters.Of("a", 1)], TestContext.Current.CancellationToken);

        Assert.Equal(2ul, Assert.Single(store.Letters()).Id);
        Assert.Equal(1, store.CountOf("a"));
    }

    [Fact]
    public async Task Letter_that_two_orders_settle_counts_for_one_of_them()
    {
        using DeadLetterStore store = Open();
        await store.AddAsync([Letters.Of("a", 1), Letters.Of("a", 2)], TestContext.Current.CancellationToken);

        Assert.Equal([1ul], await store.ResolveAsync([1, 1], DeadLetterOutcome.Replayed, "a", TestContext.Current.CancellationToken));
        Assert.Equal([2ul], await store.ResolveAsync([1, 2], DeadLetterOutcome.Discarded, null, TestContext.Current.CancellationToken));
        Assert.Equal(0, store.Count);
    }

    [Fact]
    public async Task Letters_of_events_that_are_tried_again_are_withdrawn_and_no_one_elses()
    {
        using (DeadLetterStore store = Open())
        {
            await store.AddAsync([Letters.Of("a", 4), Letters.Of("a", 5), Letters.Of("a", 6), Letters.Of("b", 6)], TestContext.Current.CancellationToken);
            await store.WithdrawAsync("a", from: 5);
        }

        using DeadLetterStore reopened = Open();
        Assert.Equal([("a", 4ul), ("b", 6ul)], reopened.Letters().Select(letter => (letter.Destination, letter.Sequence)));
        Assert.Empty(reopened.Resolved("a"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private DeadLetterStore Open(bool readOnly = false) => DeadLetterStore.Open(_folder, DiskStorage.Instance, TimeProvider.System, readOnly);
}
