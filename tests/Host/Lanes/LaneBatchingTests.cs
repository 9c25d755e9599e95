using AuditHost.Configuration.Options;
using AuditHost.Journal;
using AuditHost.Sdk;
using AuditHost.Tests.Delivery;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Lanes;

public sealed class LaneBatchingTests
{
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _second = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Part_of_a_batch_beside_another_is_sent_when_its_time_is_over_and_not_before()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        ScriptedConnector connector = HeldAtFirst();
        await using var lane = new LaneFixture(journal, connector, inFlight: 2, configure: WithLinger);
        DateTimeOffset start = lane.Time.GetUtcNow();
        await StartBusyAsync(journal, lane);
        await JournalFolder.AppendAsync(journal, 2, 2);

        // A second at a time, as long as the attempt under way is not past its own deadline.
        while (!_second.Task.IsCompleted && lane.Time.GetUtcNow() < start + TimeSpan.FromSeconds(25))
        {
            if (await Task.WhenAny(_second.Task, lane.Time.WaitForTimersAsync(2)) != _second.Task)
                lane.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True(lane.Time.GetUtcNow() >= start + Linger, $"Sent after {lane.Time.GetUtcNow() - start}.");
        await _second.Task.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);
        Assert.Equal(["e-1", "e-2 e-3"], connector.Calls);
        _gate.SetResult();
        Assert.True(await lane.LevelAsync(4));
    }

    [Fact]
    public async Task Full_batch_beside_another_is_sent_without_waiting()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        ScriptedConnector connector = HeldAtFirst();
        await using var lane = new LaneFixture(journal, connector, inFlight: 2, batch: 2, configure: WithLinger);
        await StartBusyAsync(journal, lane);

        await JournalFolder.AppendAsync(journal, 2, 2);
        await _second.Task.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);

        Assert.Equal(["e-1", "e-2 e-3"], connector.Calls);
        _gate.SetResult();
    }

    [Fact]
    public async Task Lane_with_nothing_under_way_sends_at_once()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        var connector = new ScriptedConnector();
        await using var lane = new LaneFixture(journal, connector, configure: WithLinger);
        lane.Start();
        for (int number = 1; number <= 3; number++)
        {
            await JournalFolder.AppendAsync(journal, number, 1);
            Assert.True(await lane.LevelAsync((ulong)number + 1));
        }

        Assert.Equal(["e-1", "e-2", "e-3"], connector.Calls);
    }

    [Fact]
    public async Task Bodies_keep_to_the_limit_of_bytes_and_every_event_goes_out_once()
    {
        const int MaxBytes = 50;
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        var connector = new ScriptedConnector();
        await using var lane = new LaneFixture(journal, connector, inFlight: 1, maxBytes: MaxBytes);
        string[] ids = [.. Enumerable.Range(1, 60).Select(number => $"{number}-{new string('x', number)}")];
        await JournalFolder.AppendAsync(journal, ids.Select(id => $$"""{"event_id":"{{id}}"}"""));
        lane.Start();

        Assert.True(await lane.LevelAsync(61));

        Assert.Equal(ids, connector.Calls.SelectMany(call => call.Split(' ')));
        Assert.All(connector.Bodies, body => Assert.True(body.Length <= MaxBytes || body.Count(letter => letter == '\n') == 1, body));
        Assert.Equal(new CursorState(1, 61, 60, 0, 0, 0), lane.Lane.Books);
    }

    private static DestinationOptions WithLinger(DestinationOptions options) => options with { Batch = options.Batch with { Timeout = Linger } };

    /// <summary>Starts a lane and has its first event under way.</summary>
    private async Task StartBusyAsync(EventJournal journal, LaneFixture lane)
    {
        await JournalFolder.AppendAsync(journal, 1, 1);
        lane.Start();
        await _first.Task.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);
    }

    private ScriptedConnector HeldAtFirst() => new(async (batch, token) =>
    {
        bool first = batch[0].Event.Sequence == 1;
        (first ? _first : _second).TrySetResult();
        if (first)
            await _gate.Task.WaitAsync(token);
        return DeliveryResult.Delivered;
    });
}
