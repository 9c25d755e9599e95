using AuditHost.Fakes.WebSockets;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.WebSockets;

/// <summary>What becomes of events as the server answers, or does not.</summary>
public sealed class AcknowledgementTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _context.Dispose();

    [Theory]
    [InlineData("""{"ack":["log-2","log-1"]}""", "")]
    [InlineData("""[{"ack":"log-1"},{"ack":"log-2"}]""", "")]
    [InlineData(""" {"more":{"ack":"log-9"},"ack":"log\u002d1","error":null}""", """{"ack":["log-1","log-2"],"error":""}""")]
    [InlineData("""{"ack":"log-1","error":false}""", """{"ack":"log-2","error":""}""")]
    [InlineData("""{"ack":["log-2",{"x":1},null,"log-1"]}""", "")]
    public async Task Ids_in_their_place_are_acknowledged(string first, string second)
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector);
        collector.AnswerNext(_ => CollectorAnswer.Nothing, _ => CollectorAnswer.Text(first).Then(CollectorAnswer.Text(second)));

        Assert.True((await connector.SendAsync(WebSocketTest.Batch(2), Cancelled)).IsDelivered);
    }

    [Fact]
    public async Task Answer_in_binary_and_in_pieces_counts_as_well()
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector);
        collector.AnswerNext(_ => CollectorAnswer.Binary("""{"ack":"log-1"}"""), _ => CollectorAnswer.Crumbs("""{"ack":"log-2"}"""));

        Assert.True((await connector.SendAsync(WebSocketTest.Batch(2), Cancelled)).IsDelivered);
        Assert.Empty(collector.Violations);
    }

    [Fact]
    public async Task Fields_of_an_answer_are_settings()
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(
            _context, collector, ""","acknowledgement_field":"result.stored","refusal_field":"result.refused","reason_field":"why","retry_field":"result.later" """);
        collector.AnswerNext(
            _ => CollectorAnswer.Text("""{"result":{"stored":["log-1"],"refused":"log-2"},"ack":"log-3"}"""),
            _ => CollectorAnswer.Nothing,
            _ => CollectorAnswer.Text("""{"result":{"refused":"log-3","later":true},"why":"busy"}"""));

        DeliveryResult result = await connector.SendAsync(WebSocketTest.Batch(3), Cancelled);

        Assert.Equal([(1, FailureKind.Rejected), (2, FailureKind.Transient)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Equal("The server refused it: busy", result.Failures![1].Reason);
    }

    [Theory]
    [InlineData("""{"nack":"log-2","error":"no such tenant"}""", FailureKind.Rejected, "The server refused it: no such tenant")]
    [InlineData("""{"nack":"log-2","error":"no such tenant","retry":false}""", FailureKind.Rejected, "The server refused it: no such tenant")]
    [InlineData("""{"nack":"log-2","error":"disk\nfull","retry":true}""", FailureKind.Transient, "The server refused it: disk full")]
    [InlineData("""{"nack":["log-2"]}""", FailureKind.Rejected, "The server refused it")]
    [InlineData("""{"ack":"log-2","error":"not stored"}""", FailureKind.Rejected, "The server refused it: not stored")]
    [InlineData("""{"ack":"log-2","error":{"code":7}}""", FailureKind.Rejected, """The server refused it: {"code":7}""")]
    [InlineData("""{"ack":"log-2","error":true,"retry":true}""", FailureKind.Transient, "The server refused it: true")]
    [InlineData("""{"nack":"log-2","ack":"log-2"}""", FailureKind.Rejected, "The server refused it")]
    public async Task Refusal_is_rejected_or_transient_by_the_retry_field(string answer, FailureKind kind, string reason)
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector);
        collector.AnswerNext(message => CollectorAnswer.Acknowledge(message.Id), _ => CollectorAnswer.Text(answer));

        DeliveryResult result = await connector.SendAsync(WebSocketTest.Batch(3), Cancelled);

        Assert.Equal([new EventFailure(1, kind, reason)], result.Failures!);
        Assert.Equal(answer.ReplaceLineEndings(" "), result.Response);
    }

    [Fact]
    public async Task Refusal_of_a_batch_of_one_is_of_the_batch()
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector);
        collector.AnswerNext(message => CollectorAnswer.Refuse(message.Id, new string('x', 1000)));

        DeliveryResult result = await connector.SendAsync(WebSocketTest.Batch(1), Cancelled);

        Assert.Equal((FailureKind.Rejected, "The server refused it: " + new string('x', 200)), (result.Kind, result.Reason));
    }

    [Theory]
    [InlineData("welcome")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("17")]
    [InlineData("\"log-1\"")]
    [InlineData("[]")]
    [InlineData("[1,\"log-1\"]")]
    [InlineData("""{"ok":true}""")]
    [InlineData("""{"ack":"log-1",""")]
    [InlineData("""{"ack":"log-11"}""")]
    [InlineData("""{"ack":"LOG-1"}""")]
    [InlineData("""{"ack":""}""")]
    [InlineData("""{"ack":null,"id":"log-1"}""")]
    [InlineData("""{"ack":true}""")]
    [InlineData("""{"ack":{"log-1":true}}""")]
    [InlineData("""{"ack":[["log-1"]]}""")]
    [InlineData("""{"id":"log-1","event":{"ack":"log-1"},"ack":"log-1"}""")]
    [InlineData("""{"id":"log-1","events":[],"ack":"log-1"}""")]
    public async Task What_names_no_event_that_waits_delivers_nothing(string answer)
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector);
        collector.AnswerNext(
            _ => CollectorAnswer.Text(answer).Then(CollectorAnswer.Text(answer)),
            _ => CollectorAnswer.Acknowledge("log-2"),
            _ => CollectorAnswer.Acknowledge("log-3").Then(CollectorAnswer.Close(1001)));

        DeliveryResult result = await connector.SendAsync(WebSocketTest.Batch(3), Cancelled);

        Assert.Equal([new EventFailure(0, FailureKind.Transient, "The server closed the connection: code 1001, it goes away")], result.Failures!);
        Assert.Single(_context.Warnings);
    }

    [Fact]
    public async Task Echo_of_bare_events_acknowledges_nothing()
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector, ""","envelope":false""");
        collector.AnswerNext(message => CollectorAnswer.Text(message.Text).Then(CollectorAnswer.Close(1000)));

        DeliveryResult result = await connector.SendAsync(WebSocketTest.Batch(1), Cancelled);

        Assert.Equal(FailureKind.Transient, result.Kind);
    }

    [Fact]
    public async Task Answer_that_is_too_long_ends_the_connection()
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector, ""","max_answer_bytes":1024""");
        collector.AnswerNext(_ => CollectorAnswer.Text($$"""{"pad":"{{new string('x', 2000)}}","ack":"log-1"}"""));

        await Assert.ThrowsAsync<IOException>(async () => await connector.SendAsync(WebSocketTest.Batch(1), Cancelled));
        Assert.True((await connector.SendAsync(WebSocketTest.Batch(1), Cancelled)).IsDelivered);
        Assert.Equal(2, collector.Connections);
    }

    [Fact]
    public async Task Missing_answer_is_waited_for_until_the_deadline_and_the_connection_left()
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector);
        collector.AnswerNext(_ => CollectorAnswer.Nothing);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);

        ValueTask<DeliveryResult> sending = connector.SendAsync(WebSocketTest.Batch(1), deadline.Token);
        await collector.NextAsync(Cancelled);
        await deadline.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await sending);

        Assert.True((await connector.SendAsync(WebSocketTest.Batch(1), Cancelled)).IsDelivered);
        Assert.Equal(2, collector.Connections);
    }

    [Fact]
    public async Task Event_without_an_answer_in_time_is_transient_and_the_others_are_delivered()
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector, ""","max_unacknowledged":1""");
        collector.AnswerNext(message => CollectorAnswer.Acknowledge(message.Id), _ => CollectorAnswer.Nothing);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);

        // The second goes out when the first is acknowledged, and the third waits for the second.
        ValueTask<DeliveryResult> sending = connector.SendAsync(WebSocketTest.Batch(3), deadline.Token);
        await collector.NextAsync(Cancelled);
        await collector.NextAsync(Cancelled);
        await deadline.CancelAsync();
        DeliveryResult result = await sending;

        Assert.Equal([(1, FailureKind.Transient), (2, FailureKind.Transient)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Equal(2, collector.Count);
    }

    [Fact]
    public async Task Window_is_never_exceeded()
    {
        const int Window = 4;
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector, $""","max_unacknowledged":{Window}""");
        var held = new List<string>();
        int most = 0;
        collector.AnswerNext(Enumerable.Repeat<Func<CollectedMessage, CollectorAnswer>>(
            message =>
            {
                // As many as the window has are held; then all are answered, the last one first.
                held.Add(message.Id);
                most = Math.Max(most, held.Count);
                if (held.Count < Window && message.Id != "log-50")
                    return CollectorAnswer.Nothing;
                held.Reverse();
                CollectorAnswer answer = CollectorAnswer.Acknowledge([.. held]);
                held.Clear();
                return answer;
            },
            50));

        Assert.True((await connector.SendAsync(WebSocketTest.Batch(50), Cancelled)).IsDelivered);
        Assert.Equal(Window, most);
    }

    [Fact]
    public async Task Events_of_one_id_do_not_wait_together()
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector, ""","id_path":"event_id" """);
        collector.AnswerNext(message => CollectorAnswer.Acknowledge(message.Id), message => CollectorAnswer.Refuse(message.Id, "the second"));

        DeliveryResult result = await connector.SendAsync(WebSocketTest.Of("application/json", WebSocketTest.Event(1), WebSocketTest.Event(1), WebSocketTest.Event(2)), Cancelled);

        Assert.Equal([new EventFailure(1, FailureKind.Rejected, "The server refused it: the second")], result.Failures!);
    }

    [Fact]
    public async Task Bare_event_without_an_id_is_rejected_and_not_sent()
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector, ""","envelope":false""");

        DeliveryResult result = await connector.SendAsync(
            WebSocketTest.Of("application/json", WebSocketTest.Event(1), """{"event_type":"X"}""", """{"event_id":17}"""), Cancelled);

        Assert.Equal([(1, FailureKind.Rejected)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Equal(["e-1", "17"], collector.Messages.SelectMany(message => message.EventIds));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Batch_is_acknowledged_by_its_id_or_by_those_of_its_events(bool whole)
    {
        await using var collector = new WebSocketCollector(new CollectorRules { AcknowledgesBatches = whole });
        await using IConnector connector = WebSocketTest.Create(_context, collector, $""","message":"batch","acknowledgement":"{(whole ? "per_batch" : "per_event")}" """);

        Assert.True((await connector.SendAsync(WebSocketTest.Batch(100), Cancelled)).IsDelivered);
        Assert.Single(collector.Messages);
        Assert.Equal(100, collector.Count);
    }

    [Fact]
    public async Task Refused_batch_is_refused_whole()
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector, ""","message":"batch","acknowledgement":"per_batch" """);
        collector.AnswerNext(message => CollectorAnswer.Acknowledge(message.EventIds).Then(CollectorAnswer.Refuse(message.Id, "one of them")));

        DeliveryResult result = await connector.SendAsync(WebSocketTest.Batch(3), Cancelled);

        Assert.Equal((FailureKind.Rejected, "The server refused it: one of them"), (result.Kind, result.Reason));
    }

    [Fact]
    public async Task Events_of_a_batch_can_have_different_fates()
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector, ""","message":"batch" """);
        collector.AnswerNext(_ => CollectorAnswer.Acknowledge("log-3", "log-1").Then(CollectorAnswer.Refuse("log-2", "bad")).Then(CollectorAnswer.Refuse("log-4", "busy", retry: true)));

        DeliveryResult result = await connector.SendAsync(WebSocketTest.Batch(4), Cancelled);

        Assert.Equal([(1, FailureKind.Rejected), (3, FailureKind.Transient)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
    }

    [Fact]
    public async Task Without_acknowledgement_the_operator_is_warned()
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector, ""","acknowledgement":"none" """);

        Assert.Contains("is lost", Assert.Single(_context.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_acknowledgement_answers_are_passed_over()
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector, ""","acknowledgement":"none" """);
        collector.AnswerNext(Enumerable.Repeat<Func<CollectedMessage, CollectorAnswer>>(_ => CollectorAnswer.Refuse("log-1", "no"), 100));

        Assert.True((await connector.SendAsync(WebSocketTest.Batch(100), Cancelled)).IsDelivered);
        Assert.Single(_context.Warnings);
    }
}
