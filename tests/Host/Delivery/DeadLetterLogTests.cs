using AuditHost.Delivery;
using AuditHost.Journal.Storage;

namespace AuditHost.Tests.Delivery;

[Promise("G7")]
public sealed class DeadLetterLogTests : IDisposable
{
    /// <summary>Two of them are more than a segment takes.</summary>
    private static readonly byte[] Large = new byte[25 << 20];

    private readonly string _folder = Directory.CreateTempSubdirectory("audithost-letters-").FullName;

    private string[] Segments => [.. Directory.GetFiles(_folder, "*.log").Order(StringComparer.Ordinal)];

    [Fact]
    public async Task Segment_goes_once_none_of_its_letters_is_open_and_not_before()
    {
        using (DeadLetterStore store = Open())
        {
            for (ulong sequence = 1; sequence <= 3; sequence++)
                await store.AddAsync([Letters.Of("a", sequence, Large)], TestContext.Current.CancellationToken);
            await store.ResolveAsync([2, 3], DeadLetterOutcome.Discarded, null, TestContext.Current.CancellationToken);
            Assert.Equal(2, Segments.Length);
        }

        using (DeadLetterStore store = Open())
        {
            Assert.Equal(Large.Length, Assert.Single(store.Letters()).Original.Length);
            await store.AddAsync([Letters.Of("b", 9)], TestContext.Current.CancellationToken);
            await store.ResolveAsync([1], DeadLetterOutcome.Discarded, null, TestContext.Current.CancellationToken);
            Assert.Single(Segments);
        }

        using DeadLetterStore reopened = Open();
        Assert.Equal(("b", 9ul), Assert.Single(reopened.Letters().Select(letter => (letter.Destination, letter.Sequence))));
        Assert.Equal((0, 1), (reopened.CountOf("a"), reopened.CountOf("b")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Log_cut_at_any_byte_opens_with_what_was_whole_and_takes_more(bool answered)
    {
        (byte[] whole, Commit[] commits) = await WriteAsync();
        for (int length = whole.Length - 1; length >= 0; length--)
        {
            Commit before = commits.Last(commit => commit.End <= length);
            Commit cut = commits.First(commit => commit.End > length);

            // The mark tells whether somebody had an answer to the write that was cut; it is taken back only if nobody had.
            await File.WriteAllBytesAsync(Path.Combine(_folder, "high-water"), answered ? commits[^1].Mark : before.Mark, TestContext.Current.CancellationToken);
            foreach (string segment in Segments)
                File.Delete(segment);
            await File.WriteAllBytesAsync(Path.Combine(_folder, "00000000000000000001.log"), whole[..length], TestContext.Current.CancellationToken);

            ulong added;
            ulong[] open;
            using (DeadLetterStore store = Open())
            {
                open = [.. store.Letters().Select(letter => letter.Id)];
                Assert.Equal(open.Length, store.CountOf("a"));
                if (answered)
                    Assert.Contains(string.Join(' ', open), cut.Partly);
                else
                    Assert.Equal(before.Open, open);
                if (length % 16 != 0)
                    continue;
                await store.AddAsync([Letters.Of("a", 9)], TestContext.Current.CancellationToken);
                added = store.Letters().Last().Id;
            }

            Assert.Equal(answered ? commits[^1].Next : before.Next, added);
            using DeadLetterStore again = Open(readOnly: true);
            Assert.Equal([.. open, added], again.Letters().Select(letter => letter.Id));
        }
    }

    [Fact]
    public async Task Ids_are_never_given_twice_not_even_when_nothing_is_open()
    {
        using (DeadLetterStore store = Open())
        {
            await store.AddAsync([Letters.Of("a", 1), Letters.Of("a", 2)], TestContext.Current.CancellationToken);
            await store.ResolveAsync([1, 2], DeadLetterOutcome.Replayed, "a", TestContext.Current.CancellationToken);
        }

        using DeadLetterStore reopened = Open();
        await reopened.AddAsync([Letters.Of("a", 1)], TestContext.Current.CancellationToken);

        Assert.Equal(4ul, Assert.Single(reopened.Letters()).Id);
    }

    [Fact]
    public async Task Reopened_store_knows_what_an_event_that_dies_again_replaces_and_what_is_resolved()
    {
        using (DeadLetterStore store = Open())
        {
            await store.AddAsync([Letters.Of("a", 1), Letters.Of("a", 2), Letters.Of("b", 1)], TestContext.Current.CancellationToken);
            await store.AddAsync([Letters.Of("a", 1)], TestContext.Current.CancellationToken);
            await store.ResolveAsync([2], DeadLetterOutcome.Discarded, null, TestContext.Current.CancellationToken);
        }

        using DeadLetterStore reopened = Open();
        Assert.Equal([3ul, 4], reopened.Letters().Select(letter => letter.Id));
        Assert.Equal((2, 1, 1), (reopened.Count, reopened.CountOf("a"), reopened.CountOf("b")));
        await reopened.AddAsync([Letters.Of("a", 1)], TestContext.Current.CancellationToken);
        Assert.Equal([3ul, 6], reopened.Letters().Select(letter => letter.Id));
        Assert.Equal([3ul], await reopened.ResolveAsync([1, 2, 3, 4], DeadLetterOutcome.Discarded, null, TestContext.Current.CancellationToken));
        Assert.Equal(1, reopened.Count);
    }

    [Fact]
    public async Task Letter_keeps_everything_an_operator_wants_to_know_about_it()
    {
        DateTimeOffset time = new(2026, 11, 23, 20, 0, 0, TimeSpan.Zero);
        DeadLetter letter = Letters.Of("a", 7, "{\"x\":1}"u8.ToArray(), Guid.CreateVersion7()) with
        {
            Cause = DeathCause.TooLarge, Reason = "413", Status = 413, Response = "too much", Attempts = 3, ReceivedAt = time,
            FirstAttemptAt = time.AddSeconds(1), DiedAt = time.AddSeconds(2), Sent = "sent"u8.ToArray(),
        };
        using (DeadLetterStore store = Open())
            await store.AddAsync([letter], TestContext.Current.CancellationToken);

        using DeadLetterStore reopened = Open();
        DeadLetter found = reopened.Find(1)!;

        Assert.Equal(letter.Original.ToArray(), found.Original.ToArray());
        Assert.Equal(letter.Sent.ToArray(), found.Sent.ToArray());
        Assert.Equal(letter with { Id = 1, Original = default, Sent = default }, found with { Original = default, Sent = default });
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private DeadLetterStore Open(bool readOnly = false) => DeadLetterStore.Open(_folder, DiskStorage.Instance, TimeProvider.System, readOnly);

    /// <summary>Two letters, the resolution of the first, a third letter; with the state after each write.</summary>
    private async Task<(byte[] Log, Commit[] Commits)> WriteAsync()
    {
        var commits = new List<Commit>();
        using (DeadLetterStore store = Open())
        {
            Note(1, [], []);
            await store.AddAsync([Letters.Of("a", 1), Letters.Of("a", 2)], TestContext.Current.CancellationToken);
            Note(3, [1, 2], ["", "1", "1 2"]);
            await store.ResolveAsync([1], DeadLetterOutcome.Discarded, null, TestContext.Current.CancellationToken);
            Note(4, [2], ["1 2", "2"]);
            await store.AddAsync([Letters.Of("a", 3)], TestContext.Current.CancellationToken);
            Note(5, [2, 4], ["2", "2 4"]);
        }

        return (await File.ReadAllBytesAsync(Assert.Single(Segments), TestContext.Current.CancellationToken), [.. commits]);

        void Note(ulong next, ulong[] open, string[] partly) => commits.Add(new Commit(
            Segments is [var segment] ? new FileInfo(segment).Length : 0, next, open, partly, File.ReadAllBytes(Path.Combine(_folder, "high-water"))));
    }

    /// <summary>The log after a write.</summary>
    /// <param name="End">Its length.</param>
    /// <param name="Next">The next id.</param>
    /// <param name="Open">The open letters.</param>
    /// <param name="Partly">What may be open where the write was cut: a record that is whole counts.</param>
    /// <param name="Mark">The high-water mark.</param>
    private sealed record Commit(long End, ulong Next, ulong[] Open, string[] Partly, byte[] Mark);
}
