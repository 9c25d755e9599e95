using System.IO.Pipelines;
using System.Text;
using AuditHost.Intake;
using AuditHost.Isolation.Messages;
using AuditHost.Sdk;

namespace AuditHost.Tests.Isolation;

/// <summary>What passes between the host and a plugin's process comes out as it went in, and what is no message is seen as such.</summary>
public sealed class MessageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_come_out_in_order_with_kind_call_and_content()
    {
        var pipe = new Pipe();
        await using var writer = new MessageChannel(pipe.Writer.AsStream(), 100);
        await using var reader = new MessageChannel(pipe.Reader.AsStream(), 100);
        await writer.WriteAsync(MessageKind.Send, 7, "one"u8.ToArray(), Stop);
        await writer.WriteAsync(MessageKind.Ping, uint.MaxValue, default, Stop);
        await pipe.Writer.CompleteAsync();

        using Message first = (await reader.ReadAsync(Stop))!;
        using Message second = reader.Read()!;
        Assert.Equal((MessageKind.Send, 7u, "one"), (first.Kind, first.Call, Encoding.UTF8.GetString(first.Content.Span)));
        Assert.Equal((MessageKind.Ping, uint.MaxValue, 0), (second.Kind, second.Call, second.Content.Length));
        Assert.Null(await reader.ReadAsync(Stop));
    }

    [Theory]
    [InlineData(new byte[] { 101, 0, 0, 0, 3, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 3, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 99, 0, 0, 0, 0 })]
    public async Task Garbage_is_refused_before_anything_is_allocated_for_it(byte[] garbage)
    {
        await using var channel = new MessageChannel(new MemoryStream(garbage), 100);

        await Assert.ThrowsAsync<InvalidDataException>(async () => await channel.ReadAsync(Stop));
    }

    [Fact]
    public async Task End_in_the_middle_of_a_message_is_no_orderly_end()
    {
        await using var channel = new MessageChannel(new MemoryStream([5, 0, 0, 0, 3, 0, 0, 0, 0, 1, 2]), 100);

        await Assert.ThrowsAsync<EndOfStreamException>(async () => await channel.ReadAsync(Stop));
    }

    [Fact]
    public void Events_come_out_as_they_were_with_place_time_and_given_id()
    {
        var assigned = Guid.NewGuid();
        ParsedEvent[] sent = [IsolationEvents.Parse(3), IsolationEvents.Parse(9, """{"event_type":"Anonymous","käse":"☕"}""", assigned)];
        using var content = new PooledBuffer(16);
        BatchMessage.Write(IsolationEvents.BatchOf(attempt: 4, sent), content);

        ParsedEvent[] room = [];
        (int attempt, ArraySegment<ParsedEvent> events) = BatchMessage.Read(content.Written, ref room);

        Assert.Equal(4, attempt);
        Assert.Equal(sent.Select(Describe), events.Select(Describe));
        Assert.Equal(assigned, events[1].AssignedId);

        static (ulong, DateTimeOffset, string, string, Severity) Describe(ParsedEvent parsed) =>
            (parsed.Sequence, parsed.ReceivedAt, parsed.Id.ToString(), Encoding.UTF8.GetString(parsed.Json.Span), parsed.Severity);
    }

    [Fact]
    public void Room_of_an_earlier_batch_is_used_again_and_tells_nothing_of_it()
    {
        ParsedEvent[] room = [];
        using var larger = new PooledBuffer(16);
        BatchMessage.Write(IsolationEvents.BatchOf(IsolationEvents.Parse(1, """{"event_type":"Anonymous"}""", Guid.NewGuid()), IsolationEvents.Parse(2)), larger);
        ParsedEvent first = BatchMessage.Read(larger.Written, ref room).Events[0];
        using var smaller = new PooledBuffer(16);
        BatchMessage.Write(IsolationEvents.BatchOf(IsolationEvents.Parse(7)), smaller);

        ArraySegment<ParsedEvent> events = BatchMessage.Read(smaller.Written, ref room).Events;

        Assert.Same(first, Assert.Single(events));
        Assert.Equal(("e-7", 7ul, null), (first.Id.ToString(), first.Sequence, first.AssignedId));
    }

    [Fact]
    public void Batch_that_is_cut_anywhere_is_refused()
    {
        using var content = new PooledBuffer(16);
        BatchMessage.Write(IsolationEvents.BatchOf(IsolationEvents.Parse(1), IsolationEvents.Parse(2)), content);
        byte[] whole = content.Written.ToArray();

        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.Throws<InvalidDataException>(() =>
        {
            ParsedEvent[] room = [];
            BatchMessage.Read(whole.AsMemory(0, length), ref room);
        }));
    }

    [Fact]
    public void Outcome_keeps_everything_a_connector_can_say()
    {
        DeliveryResult said = DeliveryResult
            .Partial([new EventFailure(2, FailureKind.TooLarge, "Too large.", 413)], TimeSpan.FromSeconds(3))
            .WithResponse(207, "some")
            .WithAcknowledgements(["a", null, "c"]);

        DeliveryResult heard = OutcomeMessage.Of(said).ToResult();

        Assert.Equal(said.Failures, heard.Failures);
        Assert.Equal((said.RetryAfter, said.Status, said.Response), (heard.RetryAfter, heard.Status, heard.Response));
        Assert.Equal(said.AcknowledgementIds, heard.AcknowledgementIds);
        Assert.Equal(
            (FailureKind.Throttled, "Slow.", TimeSpan.FromSeconds(1)),
            Describe(OutcomeMessage.Of(DeliveryResult.Failed(FailureKind.Throttled, "Slow.", TimeSpan.FromSeconds(1))).ToResult()));

        static (FailureKind, string?, TimeSpan?) Describe(DeliveryResult result) => (result.Kind, result.Reason, result.RetryAfter);
    }

    [Fact]
    public void Credentials_are_not_printed()
    {
        var message = new AuthenticationMessage("basic", "me", "hunter2");

        Assert.DoesNotContain("hunter2", $"{message}", StringComparison.Ordinal);
    }
}
