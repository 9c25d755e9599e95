using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Journal;
using AuditHost.Lanes;
using AuditHost.Sdk;
using AuditHost.Tests.Delivery;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Lanes;

public sealed class ReplayerTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private readonly JournalFolder _folder;
    private readonly EventJournal _journal;

    public ReplayerTests()
    {
        _folder = new JournalFolder { Time = _clock };
        _journal = _folder.Open();
    }

    [Fact]
    public async Task Range_goes_out_no_faster_than_the_operator_allows()
    {
        await JournalFolder.AppendAsync(_journal, 1, 45);
        LaneFixture? lane = null;
        List<double> seconds = [];
        var connector = new ScriptedConnector((_, _) =>
        {
            seconds.Add((lane!.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds);
            return ValueTask.FromResult(DeliveryResult.Delivered);
        });
        await using LaneFixture created = lane = new LaneFixture(_journal, connector, batch: 10);

        ReplayOutcome outcome = await RunAsync(lane, new Replayer(lane.Lane.Destination, 10, lane.Time).SendAsync(_journal, 1, 46, TestContext.Current.CancellationToken));

        Assert.Equal([0, 1, 2, 3, 3.5], seconds.Select(second => Math.Round(second - seconds[0], 6)));
        Assert.Equal((45, null), (outcome.Delivered, outcome.Problem));
    }

    [Fact]
    public async Task Letters_go_out_no_faster_than_the_operator_allows()
    {
        await using var lane = new LaneFixture(_journal, new ScriptedConnector(), batch: 5);
        DateTimeOffset start = lane.Time.GetUtcNow();

        ReplayOutcome outcome = await RunAsync(lane, new Replayer(lane.Lane.Destination, 5, lane.Time)
            .SendAsync(Enumerable.Range(1, 20).Select(Letter), static _ => default, TestContext.Current.CancellationToken));

        Assert.Equal(20, outcome.Delivered);
        Assert.Equal(3, (lane.Time.GetUtcNow() - start).TotalSeconds, precision: 6);
    }

    [Fact]
    public async Task Without_a_cap_nothing_waits()
    {
        await JournalFolder.AppendAsync(_journal, 1, 45);
        await using var lane = new LaneFixture(_journal, new ScriptedConnector(), batch: 10);

        Task<ReplayOutcome> replay = new Replayer(lane.Lane.Destination, null, lane.Time).SendAsync(_journal, 1, 46, TestContext.Current.CancellationToken);

        Assert.Equal(45, (await replay.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken)).Delivered);
    }

    [Fact]
    public async Task Operator_who_no_longer_waits_ends_the_pause()
    {
        await using var lane = new LaneFixture(_journal, new ScriptedConnector());
        await JournalFolder.AppendAsync(_journal, 1, 45);
        using var gone = new CancellationTokenSource();
        Task<ReplayOutcome> replay = new Replayer(lane.Lane.Destination, 1, lane.Time).SendAsync(_journal, 1, 46, gone.Token);
        await lane.Time.WaitForTimersAsync();

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => replay.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Times_and_filters_choose_what_goes_out_again_and_the_books_stay()
    {
        var connector = new ScriptedConnector();
        await using var lane = new LaneFixture(_journal, connector, filters: new FilterOptions.EventTypes(["Wanted"]));
        DateTimeOffset first = _clock.GetUtcNow();
        for (int hour = 0; hour < 4; hour++)
        {
            await JournalFolder.AppendAsync(_journal, Enumerable.Range((hour * 3) + 1, 3).Select(number =>
                $$"""{"event_id":"e-{{number}}","event_type":"{{(number % 3 == 0 ? "Other" : "Wanted")}}"}"""));
            _clock.Advance(TimeSpan.FromHours(1));
        }

        ulong from = _journal.FindByTime(first.AddHours(1));
        ulong end = _journal.FindByTime(first.AddHours(2) + TimeSpan.FromTicks(1));
        Assert.Equal((1ul, 13ul), (_journal.FindByTime(first.AddHours(-1)), _journal.FindByTime(first.AddHours(4))));
        ReplayOutcome outcome = await new Replayer(lane.Lane.Destination, null, lane.Time).SendAsync(_journal, from, end, TestContext.Current.CancellationToken);

        Assert.Equal(["e-4 e-5 e-7 e-8"], connector.Calls);
        Assert.Equal((4, 2, 0, null), (outcome.Delivered, outcome.Filtered, outcome.Refused, outcome.Problem));
        Assert.Equal(new CursorState(1, 1, 0, 0, 0, 0), lane.Lane.Books);
        Assert.Equal(4, lane.Lane.Destination.Statistics.Replayed);
    }

    [Fact]
    public async Task Range_ends_at_the_first_round_that_fails_and_says_why()
    {
        await JournalFolder.AppendAsync(_journal, 1, 6);
        ScriptedConnector connector = TakingOnlyTheFirstTwo();
        await using var lane = new LaneFixture(_journal, connector, batch: 2, configure: TwoAttempts);

        ReplayOutcome outcome = await RunAsync(lane, new Replayer(lane.Lane.Destination, null, lane.Time).SendAsync(_journal, 1, 7, TestContext.Current.CancellationToken));

        Assert.Equal(["e-1 e-2", "e-3 e-4", "e-3 e-4"], connector.Calls);
        Assert.Equal((2, 0, "away"), (outcome.Delivered, outcome.Refused, outcome.Problem));
    }

    [Fact]
    public async Task Letters_end_at_the_first_round_that_fails_and_only_the_delivered_are_settled()
    {
        ScriptedConnector connector = TakingOnlyTheFirstTwo();
        await using var lane = new LaneFixture(_journal, connector, batch: 2, configure: TwoAttempts);
        List<ulong> settled = [];

        ReplayOutcome outcome = await RunAsync(lane, new Replayer(lane.Lane.Destination, null, lane.Time)
            .SendAsync(Enumerable.Range(1, 6).Select(Letter), Note(settled), TestContext.Current.CancellationToken));

        Assert.Equal([1ul, 2], settled);
        Assert.Equal(["e-1 e-2", "e-3 e-4", "e-3 e-4"], connector.Calls);
        Assert.Equal((2, "away"), (outcome.Delivered, outcome.Problem));
    }

    [Fact]
    public async Task Letter_that_is_refused_again_stays_and_the_others_go_on()
    {
        var connector = new ScriptedConnector(
            DeliveryResult.Partial([new EventFailure(0, FailureKind.Transient, "busy"), new EventFailure(1, FailureKind.Rejected, "malformed")]));
        await using var lane = new LaneFixture(_journal, connector, batch: 3);
        List<ulong> settled = [];

        ReplayOutcome outcome = await RunAsync(lane, new Replayer(lane.Lane.Destination, null, lane.Time)
            .SendAsync(Enumerable.Range(1, 4).Select(Letter), Note(settled), TestContext.Current.CancellationToken));

        Assert.Equal([1ul, 3, 4], settled);
        Assert.Equal((3, 1, "Rejected: malformed"), (outcome.Delivered, outcome.Refused, outcome.Problem));
        Assert.Empty(lane.Letters.Letters);
    }

    [Fact]
    public async Task Letters_keep_the_ids_and_keys_of_their_events_and_pass_no_filter()
    {
        var assigned = Guid.CreateVersion7();
        List<(string Id, string Key)> sent = [];
        var connector = new ScriptedConnector((batch, _) =>
        {
            for (int index = 0; index < batch.Count; index++)
                sent.Add((batch[index].Event.Id.ToString(), batch[index].Key));
            return ValueTask.FromResult(DeliveryResult.Delivered);
        });
        await using var lane = new LaneFixture(_journal, connector, filters: new FilterOptions.EventTypes(["Nothing"]));

        await new Replayer(lane.Lane.Destination, null, lane.Time).SendAsync(
            [Letters.Of("d", 70, """{"event_id":"its own"}"""u8.ToArray()), Letters.Of("d", 71, """{"x":1}"""u8.ToArray(), assigned)],
            static _ => default,
            TestContext.Current.CancellationToken);

        Assert.Equal([("its own", $"{_journal.LogId:n}-70"), (assigned.ToString(), $"{_journal.LogId:n}-71")], sent);
    }

    [Fact]
    public async Task Letters_that_do_not_fit_one_body_go_out_in_several()
    {
        var connector = new ScriptedConnector();
        await using var lane = new LaneFixture(_journal, connector, maxBytes: 12);
        List<ulong> settled = [];

        await new Replayer(lane.Lane.Destination, null, lane.Time)
            .SendAsync(Enumerable.Range(1, 5).Select(Letter), Note(settled), TestContext.Current.CancellationToken);

        Assert.Equal(["e-1 e-2", "e-3 e-4", "e-5"], connector.Calls);
        Assert.Equal([1ul, 2, 3, 4, 5], settled);
    }

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        _folder.Dispose();
    }

    private static ScriptedConnector TakingOnlyTheFirstTwo() => new((batch, _) => ValueTask.FromResult(
        batch[0].Event.Sequence == 1 ? DeliveryResult.Delivered : DeliveryResult.Failed(FailureKind.Transient, "away")));

    private static DestinationOptions TwoAttempts(DestinationOptions options) => options with { Retry = options.Retry with { MaxAttempts = 2 } };

    private static DeadLetter Letter(int number) =>
        Letters.Of("d", (ulong)number, System.Text.Encoding.UTF8.GetBytes(JournalFolder.JsonOf(number))) with { Id = (ulong)number };

    private static Func<IReadOnlyList<DeadLetter>, ValueTask> Note(List<ulong> settled) => letters =>
    {
        settled.AddRange(letters.Select(letter => letter.Id));
        return default;
    };

    /// <summary>Lets the clock run whenever the replay waits.</summary>
    private static async Task<ReplayOutcome> RunAsync(LaneFixture lane, Task<ReplayOutcome> replay)
    {
        while (!replay.IsCompleted)
        {
            if (await Task.WhenAny(replay, lane.Time.WaitForTimersAsync()) != replay)
                lane.Time.AdvanceToNextTimer();
        }

        return await replay;
    }
}
