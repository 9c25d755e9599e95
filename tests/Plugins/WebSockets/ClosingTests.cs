using AuditHost.Fakes.WebSockets;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.WebSockets;

/// <summary>What it means that the server closes, by its code.</summary>
public sealed class ClosingTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _context.Dispose();

    [Theory]
    [InlineData(1000, FailureKind.Transient)]
    [InlineData(1001, FailureKind.Transient)]
    [InlineData(1002, FailureKind.Misconfigured)]
    [InlineData(1003, FailureKind.Misconfigured)]
    [InlineData(1005, FailureKind.Transient)]
    [InlineData(1007, FailureKind.Misconfigured)]
    [InlineData(1008, FailureKind.Misconfigured)]
    [InlineData(1009, FailureKind.TooLarge)]
    [InlineData(1010, FailureKind.Misconfigured)]
    [InlineData(1011, FailureKind.Transient)]
    [InlineData(1012, FailureKind.Transient)]
    [InlineData(1013, FailureKind.Transient)]
    [InlineData(1014, FailureKind.Transient)]
    [InlineData(3000, FailureKind.Transient)]
    [InlineData(4000, FailureKind.Transient)]
    [InlineData(4401, FailureKind.Misconfigured)]
    [InlineData(4403, FailureKind.Misconfigured)]
    [InlineData(4429, FailureKind.Throttled)]
    [InlineData(4999, FailureKind.Transient)]
    public async Task Code_decides(int code, FailureKind kind)
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector);
        collector.AnswerNext(_ => CollectorAnswer.Close(code, "words of the server"));

        DeliveryResult result = await connector.SendAsync(WebSocketTest.Batch(1), Cancelled);

        Assert.Equal(kind, result.Kind);
        Assert.Contains($"code {(code == 1005 ? 1000 : code)}", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("words of the server", result.Reason, StringComparison.Ordinal);
        Assert.True((await connector.SendAsync(WebSocketTest.Batch(1), Cancelled)).IsDelivered);
        Assert.Equal(2, collector.Connections);
    }

    [Theory]
    [InlineData(999)]
    [InlineData(1004)]
    [InlineData(1006)]
    [InlineData(1015)]
    public async Task Code_that_may_not_be_sent_is_a_broken_connection(int code)
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector);
        collector.AnswerNext(_ => CollectorAnswer.Close(code));

        await Assert.ThrowsAsync<IOException>(async () => await connector.SendAsync(WebSocketTest.Batch(1), Cancelled));
        Assert.True((await connector.SendAsync(WebSocketTest.Batch(1), Cancelled)).IsDelivered);
    }

    [Fact]
    public async Task Connection_that_breaks_off_delivers_nothing()
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector);
        collector.AnswerNext(_ => CollectorAnswer.BreakOff);

        await Assert.ThrowsAsync<IOException>(async () => await connector.SendAsync(WebSocketTest.Batch(1), Cancelled));
        Assert.True((await connector.SendAsync(WebSocketTest.Batch(1), Cancelled)).IsDelivered);
    }

    [Fact]
    public async Task What_was_acknowledged_before_it_broke_is_not_sent_again()
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector);
        collector.AnswerNext(
            message => CollectorAnswer.Acknowledge(message.Id), _ => CollectorAnswer.Nothing, message => CollectorAnswer.Acknowledge(message.Id).Then(CollectorAnswer.BreakOff));

        DeliveryResult result = await connector.SendAsync(WebSocketTest.Batch(5), Cancelled);

        Assert.Equal([1, 3, 4], result.Failures!.Select(failure => failure.Index));
        Assert.All(result.Failures!, failure => Assert.Equal(FailureKind.Transient, failure.Kind));
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","message":"batch","acknowledgement":"per_batch" """)]
    [InlineData(""","message":"batch" """)]
    public async Task Too_large_a_message_is_halved_and_alone_is_too_large(string settings)
    {
        await using var collector = new WebSocketCollector(new CollectorRules { MaxMessageBytes = 1000, AcknowledgesBatches = settings.Contains("per_batch", StringComparison.Ordinal) });
        await using IConnector connector = WebSocketTest.Create(_context, collector, settings);
        string large = WebSocketTest.Event(1, new string('x', 1000));

        Assert.Equal(FailureKind.TooLarge, (await connector.SendAsync(WebSocketTest.Of("application/json", large), Cancelled)).Kind);
        Assert.Equal(FailureKind.TooLarge, (await connector.SendAsync(WebSocketTest.Of("application/json", large, WebSocketTest.Event(2)), Cancelled)).Kind);
        Assert.True((await connector.SendAsync(WebSocketTest.Batch(2), Cancelled)).IsDelivered);
    }

    [Fact]
    public async Task Among_several_nobody_knows_which_one_is_too_large()
    {
        await using var collector = new WebSocketCollector(new CollectorRules { MaxMessageBytes = 1000 });
        await using IConnector connector = WebSocketTest.Create(_context, collector);
        collector.AnswerNext(message => CollectorAnswer.Acknowledge(message.Id), _ => CollectorAnswer.Nothing);

        DeliveryResult result = await connector.SendAsync(
            WebSocketTest.Of("application/json", WebSocketTest.Event(1), WebSocketTest.Event(2), WebSocketTest.Event(3, new string('x', 1000))), Cancelled);

        Assert.Equal([(1, FailureKind.Transient), (2, FailureKind.Transient)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
    }

    [Fact]
    public async Task Binary_where_only_text_is_taken_is_misconfigured()
    {
        await using var collector = new WebSocketCollector(new CollectorRules { TakesBinary = false });
        await using IConnector connector = WebSocketTest.Create(_context, collector, ""","message_type":"binary" """);

        DeliveryResult result = await connector.SendAsync(WebSocketTest.Batch(3), Cancelled);

        Assert.Equal((FailureKind.Misconfigured, "The server closed the connection: code 1003, it does not take messages of this type. Check text and binary"), (result.Kind, result.Reason));
    }

    [Fact]
    public async Task Server_that_left_while_nothing_was_sent_is_connected_to_anew()
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector);
        collector.AnswerNext(message => CollectorAnswer.Acknowledge(message.Id).Then(CollectorAnswer.Close(1001)));
        Assert.True((await connector.SendAsync(WebSocketTest.Batch(1), Cancelled)).IsDelivered);

        DeliveryResult next = await connector.SendAsync(WebSocketTest.Batch(1), Cancelled);
        if (!next.IsDelivered)
        {
            // Its leaving was not seen yet.
            Assert.Equal(FailureKind.Transient, next.Kind);
            next = await connector.SendAsync(WebSocketTest.Batch(1), Cancelled);
        }

        Assert.True(next.IsDelivered);
        Assert.Equal(2, collector.Connections);
    }

    [Fact]
    public async Task Server_that_answers_no_pings_is_left()
    {
        await using var collector = new WebSocketCollector(new CollectorRules { AnswersPings = false });
        await using IConnector connector = WebSocketTest.Create(_context, collector, ""","ping_interval_seconds":0.1,"ping_timeout_seconds":0.1""");
        collector.AnswerNext(_ => CollectorAnswer.Nothing);

        IOException broken = await Assert.ThrowsAsync<IOException>(async () => await connector.SendAsync(WebSocketTest.Batch(1), Cancelled));

        Assert.True(collector.Pinged.IsCompleted);
        Assert.Contains("Pong", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_answers_pings_is_waited_for()
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector, ""","ping_interval_seconds":0.1,"ping_timeout_seconds":30""");
        collector.AnswerNext(_ => CollectorAnswer.Nothing);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);

        ValueTask<DeliveryResult> sending = connector.SendAsync(WebSocketTest.Batch(1), deadline.Token);
        await collector.Pinged.WaitAsync(Cancelled);
        await deadline.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await sending);
        Assert.Empty(collector.Violations);
    }
}
