using AuditHost.Sdk.Testing;

namespace AuditHost.Sdk;

public sealed class EventBatchTests
{
    private static readonly AuditEvent First = TestEvent.Parse("""{"event_id":"same","event_type":"A"}""", sequence: 7);
    private static readonly AuditEvent Second = TestEvent.Parse("""{"event_id":"same","event_type":"B"}""", sequence: 8);

    [Fact]
    public void Batch_gives_events_by_index_without_copying_them()
    {
        OutboundEvent[] events = [new(First, "log", "one"u8.ToArray()), new(Second, "log", "two"u8.ToArray())];
        var batch = new EventBatch(events, "one\ntwo\n"u8.ToArray(), "text/plain", attempt: 2);

        Assert.Equal((2, "text/plain", 2), (batch.Count, batch.ContentType, batch.Attempt));
        Assert.Same(Second, batch[1].Event);
        Assert.True(System.Runtime.CompilerServices.Unsafe.AreSame(in events[1], in batch[1]));
        Assert.True("two"u8.SequenceEqual(batch[1].Payload.Span));
        Assert.Throws<IndexOutOfRangeException>(() => batch[2].Key);
    }

    [Fact]
    public void Batch_counts_its_attempts_from_one()
    {
        Assert.Equal(1, new EventBatch(default, default, "text/plain").Attempt);
    }

    [Fact]
    public void Key_is_stable_and_tells_events_with_the_same_id_apart()
    {
        Assert.Equal("log-7", new OutboundEvent(First, "log", default).Key);
        Assert.Equal("log-8", new OutboundEvent(Second, "log", default).Key);
    }

    [Fact]
    public void Event_of_a_batch_needs_an_event_and_a_log()
    {
        Assert.Throws<ArgumentNullException>(() => new OutboundEvent(null!, "log", default));
        Assert.Throws<ArgumentNullException>(() => new OutboundEvent(First, null!, default));
    }
}
