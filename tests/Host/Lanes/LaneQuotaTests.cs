using AuditHost.Configuration.Options;
using AuditHost.Intake;
using AuditHost.Journal;
using AuditHost.Lanes;
using AuditHost.Lanes.Drops;
using AuditHost.Sdk;
using AuditHost.Tests.Delivery;
using AuditHost.Tests.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Tests.Lanes;

/// <summary>A destination with <c>on_full: drop_oldest</c> and more waiting than its quota.</summary>
[Promise("G2", "G10", "G14")]
public sealed class LaneQuotaTests : IAsyncDisposable
{
    private const int Quota = 256 << 10;
    private const int Padding = 900;

    private readonly JournalFolder _folder = new() { Options = new() { ReserveBytes = 0, SegmentBytes = 64 << 10, MaxBytes = 1 << 20, TailBytes = 1, Retain = TimeSpan.Zero } };
    private readonly FaultyStorage _storage = new();
    private readonly TaskCompletionSource _stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly EventJournal _journal;
    private readonly DropLog _drops;

    public LaneQuotaTests()
    {
        _journal = _folder.Open(_storage);
        _drops = OpenDrops();
    }

    private string DropFolder => Path.Combine(_folder.Path, "drops");

    [Fact]
    public async Task Destination_that_never_answers_costs_its_own_oldest_events_alone()
    {
        await using LaneFixture lane = Dropping(StuckConnector());
        var other = new ScriptedConnector();
        await using var level = new LaneFixture(_journal, other, name: "other");
        lane.Start();
        level.Start();

        // Three times what the journal may take: without the policy it would refuse.
        ulong next = 1;
        for (int round = 0; round < 60; round++)
        {
            await JournalFolder.AppendAsync(_journal, (int)next, 50, Padding);
            next += 50;
            Assert.True(await level.LevelAsync(next));
            await UntilAsync(lane, () => lane.Lane.BacklogBytes <= Quota);
        }

        Assert.Equal(3000ul, level.Lane.Books.Delivered);
        CursorState books = lane.Lane.Books;
        lane.AssertBalanced();
        Assert.Equal((0ul, books.Position - 1), (books.Delivered, books.Dropped));
        Assert.Equal(books.Dropped, Sum(_drops.Records));
        Assert.Equal([1ul, .. _drops.Records.SkipLast(1).Select(record => record.End)], _drops.Records.Select(record => record.First));
        Assert.Equal(books.Position, _drops.Records[^1].End);
        Assert.All(_drops.Records, record => Assert.Equal(("d", DropReason.Quota), (record.Destination, record.Reason)));
        Assert.Equal(("d", DropReason.Quota, books.Dropped), Assert.Single(_drops.Totals));
    }

    [Fact]
    public async Task What_a_batch_becomes_after_it_was_given_up_does_not_count()
    {
        await using LaneFixture lane = Dropping(StuckConnector(), batch: 10);
        lane.Start();
        await OverfillAsync(lane);
        CursorState dropped = lane.Lane.Books;
        Assert.True(dropped.Dropped >= 10);

        _stuck.SetResult();
        Assert.True(await lane.LevelAsync(_journal.NextSequence));

        CursorState books = lane.Lane.Books;
        lane.AssertBalanced();
        Assert.Equal((dropped.Dropped, _journal.NextSequence - dropped.Position), (books.Dropped, books.Delivered));
        Assert.Equal(dropped.Dropped, Sum(_drops.Records));
    }

    [Fact]
    public async Task Batch_that_finished_behind_one_that_is_stuck_is_booked_as_delivered()
    {
        int calls = 0;
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var connector = new ScriptedConnector(async (batch, _) =>
        {
            Interlocked.Increment(ref calls);
            if (batch[0].Event.Sequence != 11)
                await _stuck.Task;
            else
                second.SetResult();
            return DeliveryResult.Delivered;
        });
        await using LaneFixture lane = Dropping(connector, batch: 10, inFlight: 2);
        await JournalFolder.AppendAsync(_journal, 1, 20, Padding);
        lane.Start();
        await second.Task.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);
        await UntilAsync(lane, () => lane.Lane.Destination.Statistics.DeliveredEvents == 10);

        await OverfillAsync(lane);

        lane.AssertBalanced();
        Assert.Equal(10ul, lane.Lane.Books.Delivered);
        Assert.Equal(lane.Lane.Books.Dropped, Sum(_drops.Records));
        _stuck.SetResult();
    }

    [Fact]
    public async Task Dead_letters_that_could_not_be_written_are_not_written_once_their_events_are_dropped()
    {
        bool broken = true;
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var box = new LaneFixture.LetterBox(() =>
        {
            failed.TrySetResult();
            return Volatile.Read(ref broken) ? throw FaultyStorage.NoSpace() : Task.CompletedTask;
        });
        var connector = new ScriptedConnector((batch, _) => ValueTask.FromResult(
            batch[0].Event.Sequence < 11 ? DeliveryResult.Failed(FailureKind.Rejected, "no") : DeliveryResult.Delivered));
        await using LaneFixture lane = Dropping(connector, batch: 10, deadLetters: box, configure: Patient);
        await JournalFolder.AppendAsync(_journal, 1, 10, Padding);
        lane.Start();
        await failed.Task.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);

        await OverfillAsync(lane);
        Volatile.Write(ref broken, false);
        Task<bool> level = lane.LevelAsync(_journal.NextSequence);
        await UntilAsync(lane, () => level.IsCompleted);

        Assert.True(await level);
        lane.AssertBalanced();
        Assert.Equal((0ul, 0), (lane.Lane.Books.DeadLettered, box.Letters.Count));
        Assert.Equal(lane.Lane.Books.Dropped, Sum(_drops.Records));
    }

    [Fact]
    public async Task Dead_letters_that_are_being_written_are_waited_for_and_booked()
    {
        var writing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var box = new LaneFixture.LetterBox(() =>
        {
            writing.TrySetResult();
            return written.Task;
        });
        var connector = new ScriptedConnector((_, _) => ValueTask.FromResult(DeliveryResult.Failed(FailureKind.Rejected, "no")));
        await using LaneFixture lane = Dropping(connector, batch: 10, deadLetters: box);
        await JournalFolder.AppendAsync(_journal, 1, 10, Padding);
        lane.Start();
        await writing.Task.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);
        await JournalFolder.AppendAsync(_journal, 11, 400, Padding);
        await lane.Time.WaitForTimersAsync();
        lane.Time.AdvanceToNextTimer();
        Assert.Equal(1ul, lane.Lane.Books.Position);

        // Until nothing is left to do: while it goes on, letters are written before they are booked.
        written.SetResult();
        await UntilAsync(lane, () => lane.Lane.Books.Position == 411);

        lane.AssertBalanced();
        Assert.True(lane.Lane.Books.DeadLettered >= 10);
        Assert.Equal(box.Letters.Count, (int)lane.Lane.Books.DeadLettered);
    }

    [Fact]
    public async Task Record_is_durable_before_the_cursor_moves()
    {
        var order = new List<string>();
        _storage.BeforeSync = path => Note(order, path, "/drops/", "record");
        _storage.BeforeWrite = (path, length) =>
        {
            Note(order, path, ".cursor", "cursor");
            return length;
        };
        await using LaneFixture lane = Dropping(StuckConnector());
        lock (order)
            order.Clear();
        lane.Start();

        await OverfillAsync(lane);

        lock (order)
            Assert.Equal("record", order[0]);
        Assert.Contains("cursor", order);
    }

    [Fact]
    public async Task Full_disk_that_takes_no_record_keeps_nothing_from_moving_and_the_record_follows()
    {
        bool full = true;
        _storage.BeforeWrite = (path, length) => Volatile.Read(ref full) && path.Contains("/drops/", StringComparison.Ordinal) ? 0 : length;
        await using LaneFixture lane = Dropping(StuckConnector());
        lane.Start();

        await OverfillAsync(lane);

        Assert.Equal((1, lane.Lane.Books.Dropped), (_drops.Unwritten, Sum(_drops.Records)));
        Volatile.Write(ref full, false);
        await UntilAsync(lane, () => _drops.Unwritten == 0);
        _drops.Dispose();
        using DropLog again = OpenDrops();
        Assert.Equal(lane.Lane.Books.Dropped, Sum(again.Records));
    }

    [Fact]
    public async Task Record_of_a_drop_that_a_crash_kept_from_happening_is_taken_back()
    {
        _drops.TryRecord(new DropRecord { Destination = "d", Reason = DropReason.Quota, First = 1, End = 100, Events = 99, Bytes = 1, At = default }, inevitable: true);
        await JournalFolder.AppendAsync(_journal, 1, 10);
        await using LaneFixture lane = Dropping(new ScriptedConnector(), origin: 1);

        lane.Start();

        Assert.True(await lane.LevelAsync(11));
        Assert.Empty(_drops.Records);
    }

    [Fact]
    public async Task Destination_that_does_not_even_start_keeps_its_quota()
    {
        var connector = new ScriptedConnector { Start = _ => new ValueTask(_stuck.Task) };
        await using LaneFixture lane = Dropping(connector);
        lane.Start();

        await OverfillAsync(lane);

        Assert.Equal(lane.Lane.Books.Dropped, Sum(_drops.Records));
        _stuck.SetResult();
        Assert.True(await lane.LevelAsync(_journal.NextSequence));
        lane.AssertBalanced();
    }

    [Fact]
    public async Task Sender_who_waits_hears_that_its_events_were_dropped()
    {
        await using LaneFixture lane = Dropping(StuckConnector(), batch: 10);
        lane.Start();
        using IDeliveryFollowing following = new DeliveryFollower([lane.Lane], _journal, TimeProvider.System).Follow(["d"]);
        AppendReceipt receipt = await JournalFolder.AppendAsync(_journal, 1, 20, Padding);

        await OverfillAsync(lane);

        DeliveryOutcome outcome = Assert.Single(await following.WaitAsync(receipt, JournalFolder.Patience, TestContext.Current.CancellationToken));
        Assert.Equal((true, false, 20, 0, 0), (outcome.IsSettled, outcome.IsSuccess, outcome.Dropped, outcome.Delivered, outcome.Filtered));
    }

    public async ValueTask DisposeAsync()
    {
        _stuck.TrySetResult();
        await _journal.DisposeAsync();
        _drops.Dispose();
        _folder.Dispose();
    }

    private DropLog OpenDrops() => DropLog.Open(DropFolder, _storage, TimeProvider.System, NullLogger.Instance);

    private LaneFixture Dropping(
        IConnector connector, int batch = 500, int inFlight = 1, AuditHost.Delivery.IDeadLetterSink? deadLetters = null,
        Func<DestinationOptions, DestinationOptions>? configure = null, ulong? origin = null)
    {
        if (origin is { } first)
            _journal.OpenCursor("d").Write(new CursorState(first, first, 0, 0, 0, 0));
        return new LaneFixture(
            _journal, connector, batch: batch, inFlight: inFlight, deadLetters: deadLetters, drops: _drops,
            configure: options => (configure?.Invoke(options) ?? options) with { Quota = Quota, OnFull = FullPolicy.DropOldest });
    }

    /// <summary>Takes no notice of being cancelled.</summary>
    private ScriptedConnector StuckConnector() => new(async (_, _) =>
    {
        await _stuck.Task;
        return DeliveryResult.Delivered;
    });

    private async Task OverfillAsync(LaneFixture lane)
    {
        await JournalFolder.AppendAsync(_journal, 1000, 200, Padding);
        await JournalFolder.AppendAsync(_journal, 1200, 200, Padding);
        await UntilAsync(lane, () => lane.Lane.Books.Dropped > 0 && lane.Lane.BacklogBytes <= Quota);
    }

    /// <summary>Lets the lane's time go by until a condition holds.</summary>
    private static async Task UntilAsync(LaneFixture lane, Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(JournalFolder.Patience);
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            lane.Time.AdvanceToNextTimer();
            await Task.Yield();
        }
    }

    private static DestinationOptions Patient(DestinationOptions options) => options with
    {
        Retry = options.Retry with { InitialDelay = TimeSpan.FromMinutes(5), MaxDelay = TimeSpan.FromMinutes(5) },
    };

    private static void Note(List<string> order, string path, string part, string what)
    {
        if (!path.Contains(part, StringComparison.Ordinal))
            return;
        lock (order)
            order.Add(what);
    }

    private static ulong Sum(IEnumerable<DropRecord> records) => records.Aggregate(0ul, (sum, record) => sum + record.Events);
}
