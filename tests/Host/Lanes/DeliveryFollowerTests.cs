using AuditHost.Configuration.Options;
using AuditHost.Intake;
using AuditHost.Journal;
using AuditHost.Lanes;
using AuditHost.Sdk;
using AuditHost.Tests.Delivery;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Lanes;

public sealed class DeliveryFollowerTests : IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private readonly JournalFolder _folder = new();
    private readonly EventJournal _journal;

    public DeliveryFollowerTests() => _journal = _folder.Open();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Sender_hears_what_was_delivered_filtered_and_refused_and_under_which_name()
    {
        var connector = new ScriptedConnector((batch, _) => ValueTask.FromResult(DeliveryResult
            .Partial([.. Enumerable.Range(0, batch.Count).Where(i => batch[i].Event.Id.Equals("refused"u8)).Select(i => new EventFailure(i, FailureKind.Rejected, "no"))])
            .WithAcknowledgement($"batch of {batch.Count}")));
        await using var lane = new LaneFixture(_journal, connector, filters: new FilterOptions.SeverityThreshold(Severity.High));
        lane.Start();
        using IDeliveryFollowing following = Follower(lane).Follow(["d"]);

        AppendReceipt receipt = await JournalFolder.AppendAsync(_journal, Event("a", "High"), Event("b", "Low"), Event("refused", "High"), Event("c", "Critical"));
        DeliveryOutcome outcome = Assert.Single(await following.WaitAsync(receipt, Timeout, Stop));

        Assert.Equal((true, false), (outcome.IsSettled, outcome.IsSuccess));
        Assert.Equal((2, 1, 1, 0), (outcome.Delivered, outcome.Filtered, outcome.DeadLettered, outcome.Pending));
        Assert.Equal(("batch of 3", "Rejected: no"), (outcome.MessageId, outcome.Error));
    }

    [Fact]
    public async Task Lane_that_is_done_before_the_sender_waits_is_not_waited_for()
    {
        await using var lane = new LaneFixture(_journal, new ScriptedConnector());
        lane.Start();
        using IDeliveryFollowing following = Follower(lane).Follow(["d"]);
        AppendReceipt receipt = await JournalFolder.AppendAsync(_journal, 1, 3);
        Assert.True(await lane.LevelAsync(4));
        await JournalFolder.AppendAsync(_journal, 4, 2);
        Assert.True(await lane.LevelAsync(6));

        DeliveryOutcome outcome = Assert.Single(await following.WaitAsync(receipt, Timeout, Stop));

        Assert.Equal((true, 3, 0), (outcome.IsSuccess, outcome.Delivered, outcome.Pending));
    }

    [Fact]
    public async Task Sender_waits_no_longer_than_asked_and_hears_what_holds_the_destination_up()
    {
        await using var lane = new LaneFixture(_journal, new ScriptedConnector((_, _) => ValueTask.FromResult(DeliveryResult.Failed(FailureKind.Misconfigured, "no such index"))));
        lane.Start();
        using IDeliveryFollowing following = Follower(lane).Follow(["d"]);
        Task<bool> level = lane.LevelAsync(4);
        AppendReceipt receipt = await JournalFolder.AppendAsync(_journal, 1, 3);
        Assert.False(await level);

        Task<IReadOnlyList<DeliveryOutcome>> waiting = following.WaitAsync(receipt, TimeSpan.FromSeconds(1), Stop);
        Assert.False(waiting.IsCompleted);
        lane.Time.Advance(TimeSpan.FromSeconds(1));
        DeliveryOutcome outcome = Assert.Single(await waiting);

        Assert.Equal((false, 0, 3), (outcome.IsSuccess, outcome.Delivered, outcome.Pending));
        Assert.Equal("Not yet delivered; the destination is misconfigured. no such index", outcome.Error);
    }

    [Fact]
    public async Task Sender_of_known_events_waits_until_the_lane_has_passed_all_that_was_stored()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var lane = new LaneFixture(_journal, new ScriptedConnector(async (_, token) =>
        {
            await gate.Task.WaitAsync(token);
            return DeliveryResult.Delivered;
        }));
        lane.Start();
        await JournalFolder.AppendAsync(_journal, 1, 3);
        using IDeliveryFollowing following = Follower(lane).Follow(["d"]);

        Task<IReadOnlyList<DeliveryOutcome>> waiting = following.WaitAsync(new AppendReceipt { Duplicates = 2 }, Timeout, Stop);
        Assert.False(waiting.IsCompleted);
        gate.SetResult();

        Assert.True(Assert.Single(await waiting.WaitAsync(JournalFolder.Patience, Stop)).IsSuccess);
    }

    [Fact]
    public async Task Only_the_destinations_that_are_named_are_waited_for()
    {
        await using var here = new LaneFixture(_journal, new ScriptedConnector(), "here");
        await using var away = new LaneFixture(_journal, new ScriptedConnector((_, _) => ValueTask.FromResult(DeliveryResult.Failed(FailureKind.Transient, "away"))), "away");
        here.Start();
        away.Start();
        var follower = new DeliveryFollower([here.Lane, away.Lane], _journal, here.Time);
        using IDeliveryFollowing following = follower.Follow(["here"]);

        AppendReceipt receipt = await JournalFolder.AppendAsync(_journal, 1, 1);

        Assert.Equal("here", Assert.Single(await following.WaitAsync(receipt, Timeout, Stop).WaitAsync(JournalFolder.Patience, Stop)).Destination);
        Assert.Equal(["here", "away"], follower.Destinations);
    }

    private static string Event(string id, string severity) => $$"""{"event_id":"{{id}}","severity":"{{severity}}"}""";

    private DeliveryFollower Follower(LaneFixture lane) => new([lane.Lane], _journal, lane.Time);
}
