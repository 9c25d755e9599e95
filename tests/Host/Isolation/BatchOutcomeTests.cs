using System.Text;
using AuditHost.Delivery;
using AuditHost.Intake;
using AuditHost.Isolation.Child;
using AuditHost.Isolation.Messages;
using AuditHost.Sdk;

namespace AuditHost.Tests.Isolation;

/// <summary>A batch that goes out in parts comes back as one outcome, each event once.</summary>
public sealed class BatchOutcomeTests
{
    private readonly ParsedEvent[] _events = [.. Enumerable.Range(1, 4).Select(number => IsolationEvents.Parse((ulong)number))];

    [Fact]
    public void Parts_that_were_delivered_are_one_delivery_with_their_names()
    {
        var outcome = new BatchOutcome(_events);
        Add(outcome, DeliveryResult.Acknowledged("first"), 0, 1);
        Add(outcome, DeliveryResult.Acknowledged(["c", "d"]), 2, 3);

        OutcomeMessage message = outcome.ToMessage();
        Assert.True(message.ToResult().IsDelivered);
        Assert.Equal(["first", "first", "c", "d"], message.AcknowledgementIds);
        Assert.Equal(8, message.Bytes);
    }

    [Fact]
    public void Refused_events_of_each_part_are_named_by_their_place_in_the_whole_with_what_was_sent()
    {
        var outcome = new BatchOutcome(_events);
        Add(outcome, DeliveryResult.Partial([new EventFailure(1, FailureKind.Rejected, "No.", 400)]), 0, 1);
        Add(outcome, DeliveryResult.Partial([new EventFailure(0, FailureKind.Transient, "Later.")]), 2, 3);

        OutcomeMessage message = outcome.ToMessage();
        Assert.Equal([(1, FailureKind.Rejected), (2, FailureKind.Transient)], message.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Equal("p1", Encoding.UTF8.GetString(Assert.Single(message.Sent!).Value));
        Assert.Equal(2ul, Assert.Single(message.Sent!).Key);
    }

    [Fact]
    public void Event_that_cannot_be_rendered_is_named_and_the_others_are_delivered()
    {
        var outcome = new BatchOutcome(_events);
        outcome.Begin(0);
        outcome.AddUnrenderable(1, "No words for it.");
        Add(outcome, DeliveryResult.Delivered, 0, 2, 3);

        EventFailure failure = Assert.Single(outcome.ToMessage().Failures!);
        Assert.Equal((1, HostFailure.Unrenderable, "No words for it."), (failure.Index, failure.Kind, failure.Reason));
    }

    [Fact]
    public void First_part_that_fails_as_a_whole_fails_the_batch()
    {
        var outcome = new BatchOutcome(_events);
        Add(outcome, DeliveryResult.Failed(FailureKind.Rejected, "None of it."), 0, 1);

        Assert.True(outcome.IsFailed);
        Assert.Equal((FailureKind.Rejected, null), (outcome.ToMessage().Kind, outcome.ToMessage().Failures));
    }

    [Theory]
    [InlineData(FailureKind.Throttled, FailureKind.Throttled)]
    [InlineData(FailureKind.Rejected, FailureKind.Transient)]
    public void Later_part_that_fails_leaves_the_earlier_ones_delivered_and_lets_no_event_die_unseen(FailureKind said, FailureKind expected)
    {
        var outcome = new BatchOutcome(_events);
        Add(outcome, DeliveryResult.Delivered, 0, 1);
        Add(outcome, DeliveryResult.Failed(said, "Not this."), 2, 3);

        Assert.Equal([(2, expected), (3, expected)], outcome.ToMessage().Failures!.Select(failure => (failure.Index, failure.Kind)));
    }

    [Fact]
    public void Index_that_is_none_stays_none()
    {
        var outcome = new BatchOutcome(_events);
        Add(outcome, DeliveryResult.Partial([new EventFailure(7, FailureKind.Rejected, "Which?")]), 0, 1);

        Assert.Equal(_events.Length, Assert.Single(outcome.ToMessage().Failures!).Index);
    }

    private void Add(BatchOutcome outcome, DeliveryResult result, params int[] indices)
    {
        outcome.Begin(indices[0]);
        outcome.Add(result, indices, IsolationEvents.BatchOf(1, [.. indices.Select(index => _events[index])], [.. indices.Select(index => $"p{index}")]));
    }
}
