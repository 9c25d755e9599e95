using AuditHost.Intake;
using AuditHost.Journal;
using AuditHost.Lanes;
using AuditHost.Sdk;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Lanes.Alerts;

/// <summary>What becomes of the events of a message that is refused, or of those that a stop finds under way.</summary>
public sealed class AlertOutcomeTests : AlertLaneTest
{
    [Fact]
    public async Task Each_event_of_a_refused_message_is_a_dead_letter()
    {
        await using EventJournal journal = Folder.Open();
        await using var lane = new AlertLane(journal, answer: message => message.GetProperty("event_type").GetString() == "ErrorEvent"
            ? DeliveryResult.Failed(FailureKind.Rejected, "no such room")
            : DeliveryResult.Delivered);
        await JournalFolder.AppendAsync(journal, [.. AlertLane.Events(30), .. AlertLane.Events(20, "ErrorEvent")]);

        await lane.UntilDeliveredAsync(30);

        Assert.Equal(20UL, lane.Books.DeadLettered);
        Assert.Equal(Enumerable.Range(31, 20).Select(sequence => (ulong)sequence), lane.Fixture.Letters.Letters.Select(letter => letter.Sequence));
        Assert.All(lane.Fixture.Letters.Letters, letter => Assert.Equal(AlertLane.Event((int)letter.Sequence - 31, "ErrorEvent"), System.Text.Encoding.UTF8.GetString(letter.Original.Span)));
    }

    [Fact]
    public async Task A_call_has_no_more_messages_than_the_connector_takes_and_each_event_has_its_own_outcome()
    {
        await using EventJournal journal = Folder.Open();
        await using var lane = new AlertLane(
            journal, batch: 2, answer: message => message.GetProperty("event_type").GetString() == "Type3" ? DeliveryResult.Failed(FailureKind.Rejected, "no") : DeliveryResult.Delivered);
        using DeliveryTicket ticket = lane.Fixture.Lane.Follow();
        AppendReceipt receipt = await JournalFolder.AppendAsync(journal, Enumerable.Range(0, 50).Select(number => AlertLane.Event(number, $"Type{number % 5}")));
        ticket.Expect(receipt, receipt.Last + 1);

        await lane.UntilDeliveredAsync(40);

        Assert.All(lane.Calls, size => Assert.InRange(size, 1, 2));
        DeliveryOutcome outcome = ticket.Outcome();
        Assert.Equal((true, 40, 10, 0), (outcome.IsSettled, outcome.Delivered, outcome.DeadLettered, outcome.Pending));
        Assert.Equal(10, lane.Fixture.Letters.Letters.Count);
    }

    [Fact]
    public async Task A_refused_message_about_a_storm_is_kept_in_parts_and_shows_once_what_was_sent()
    {
        await using EventJournal journal = Folder.Open();
        await using var lane = new AlertLane(journal, answer: _ => DeliveryResult.Failed(FailureKind.Rejected, "no"));
        await JournalFolder.AppendAsync(journal, AlertLane.Events(3_500));

        await lane.UntilDeliveredAsync(0, deadLettered: 3_500);

        Assert.Equal([1_000, 1_000, 1_000, 500], lane.Fixture.Letters.Calls);
        Assert.Single(lane.Fixture.Letters.Letters, letter => !letter.Sent.IsEmpty);
        Assert.Equal(Enumerable.Range(1, 3_500).Select(sequence => (ulong)sequence), lane.Fixture.Letters.Letters.Select(letter => letter.Sequence).Order());
    }

    [Fact]
    public async Task A_stop_between_two_calls_lets_the_rest_of_the_batch_have_its_grace()
    {
        await using EventJournal journal = Folder.Open();
        AlertLane? lane = null;
        Task? stopped = null;
        await using (lane = new AlertLane(journal, batch: 1, book: Book, answer: _ =>
        {
            stopped ??= lane!.Fixture.StopAsync();
            return DeliveryResult.Delivered;
        }))
        {
            await JournalFolder.AppendAsync(journal, Enumerable.Range(0, 30).Select(number => AlertLane.Event(number, $"Type{number % 3}")));
            await lane.RunOnAsync(() => stopped is { IsCompleted: true });

            Assert.Equal(3, lane.Messages.Count);
            Assert.Equal(30UL, lane.Books.Delivered);
        }
    }
}
