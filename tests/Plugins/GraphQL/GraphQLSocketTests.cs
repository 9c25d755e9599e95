using System.Security.Cryptography.X509Certificates;
using AuditHost.Fakes.GraphQL;
using AuditHost.Plugins.Tests.Syslog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.GraphQL;

/// <summary>Mutations over <c>graphql-transport-ws</c>.</summary>
public sealed class GraphQLSocketTests : IDisposable
{
    private const string Socket = ""","transport":"websocket" """;
    private const FailureKind Delivered = 0;

    private readonly TestPluginContext _context = new();

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _context.Dispose();

    [Fact]
    public async Task Mutations_run_over_one_connection_with_ids_of_their_own()
    {
        await using var server = new GraphQLSocketServer();
        await using IConnector connector = GraphQLTest.Create(_context, server.Url, Socket);

        await connector.StartAsync(Cancelled);
        DeliveryResult result = await connector.SendAsync(GraphQLTest.Batch(100), Cancelled);
        DeliveryResult again = await connector.SendAsync(GraphQLTest.Batch(2), Cancelled);

        Assert.Equal([.. Enumerable.Range(1, 100).Select(number => $"stored-e-{number}")], result.AcknowledgementIds!);
        Assert.True(again.IsDelivered);
        Assert.Equal((1, 100), (server.Connections, server.Store.Events.Count));
        GraphQLOperationRequest first = await server.NextAsync(Cancelled);
        Assert.Equal(
            ("1", $$$"""{"query":"{{{GraphQLTest.Query}}}","variables":{"event":{{{GraphQLTest.Event(1)}}}}}"""), (first.Id, first.Parameters.GetRawText()));
        Assert.Empty(server.Violations);
    }

    [Fact]
    public async Task Batch_is_one_mutation()
    {
        await using var server = new GraphQLSocketServer();
        await using IConnector connector = GraphQLTest.Create(_context, server.Url, Socket + ""","batch":true""");
        server.Store.Fail("e-2", new GraphQLFault("BAD_USER_INPUT", "no"));

        DeliveryResult result = await connector.SendAsync(GraphQLTest.Batch(3), Cancelled);

        Assert.Equal([new EventFailure(1, FailureKind.Rejected, "BAD_USER_INPUT: no")], result.Failures!);
        Assert.Equal("1", (await server.NextAsync(Cancelled)).Id);
    }

    [Theory]
    [InlineData("BAD_USER_INPUT", FailureKind.Rejected)]
    [InlineData("INTERNAL_SERVER_ERROR", FailureKind.Transient)]
    [InlineData("FORBIDDEN", FailureKind.Misconfigured)]
    [InlineData("RATE_LIMITED", FailureKind.Throttled)]
    public async Task Errors_in_a_result_are_failures_of_their_event(string code, FailureKind kind)
    {
        await using var server = new GraphQLSocketServer();
        await using IConnector connector = GraphQLTest.Create(_context, server.Url, Socket);
        server.Store.Fail("e-2", new GraphQLFault(code, "why"));

        Assert.Equal([new EventFailure(1, kind, $"{code}: why")], (await connector.SendAsync(GraphQLTest.Batch(3), Cancelled)).Failures!);
    }

    [Fact]
    public async Task Mutation_that_is_refused_before_it_runs_is_misconfigured()
    {
        await using var server = new GraphQLSocketServer();
        await using IConnector connector = GraphQLTest.Create(_context, server.Url, Socket + ""","query":"mutation M($event: JSON!) { other(event: $event) }" """);

        DeliveryResult result = await connector.SendAsync(GraphQLTest.Batch(1), Cancelled);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("GRAPHQL_VALIDATION_FAILED", result.Response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_init_carries_its_payload()
    {
        await using var server = new GraphQLSocketServer { InitPayload = """{"authorization":"Bearer s3cret \"x\""}""" };
        await using IConnector connector = GraphQLTest.Create(_context, server.Url, Socket + ""","connection_init":{"authorization":"Bearer s3cret \"x\""}""");
        await using IConnector stranger = GraphQLTest.Create(_context, server.Url, Socket);

        Assert.True((await connector.SendAsync(GraphQLTest.Batch(1), Cancelled)).IsDelivered);
        DeliveryResult refused = await stranger.SendAsync(GraphQLTest.Batch(1), Cancelled);

        Assert.Equal(
            (FailureKind.Misconfigured, "The server closed the connection: code 4403, the sender is refused. Check authentication and connection_init"), (refused.Kind, refused.Reason));
        await Assert.ThrowsAnyAsync<IOException>(async () => await stranger.ProbeAsync(Cancelled));
        await connector.ProbeAsync(Cancelled);
        Assert.Empty(server.Violations);
    }

    [Theory]
    [InlineData(4400, FailureKind.Misconfigured)]
    [InlineData(4401, FailureKind.Misconfigured)]
    [InlineData(4403, FailureKind.Misconfigured)]
    [InlineData(4406, FailureKind.Misconfigured)]
    [InlineData(4408, FailureKind.Transient)]
    [InlineData(4409, FailureKind.Misconfigured)]
    [InlineData(4429, FailureKind.Misconfigured)]
    [InlineData(4500, FailureKind.Transient)]
    [InlineData(1001, FailureKind.Transient)]
    [InlineData(1009, FailureKind.TooLarge)]
    [InlineData(1011, FailureKind.Transient)]
    [InlineData(1013, FailureKind.Transient)]
    [InlineData(4999, FailureKind.Transient)]
    public async Task Close_code_decides(int code, FailureKind kind)
    {
        await using var server = new GraphQLSocketServer();
        await using IConnector connector = GraphQLTest.Create(_context, server.Url, Socket);
        server.AnswerNext(_ => new GraphQLSocketAnswer([], code));

        Assert.Equal(kind, (await connector.SendAsync(GraphQLTest.Batch(1), Cancelled)).Kind);
        Assert.True((await connector.SendAsync(GraphQLTest.Batch(1), Cancelled)).IsDelivered);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task What_had_its_result_before_the_connection_ended_is_not_sent_again()
    {
        await using var server = new GraphQLSocketServer();
        await using IConnector connector = GraphQLTest.Create(_context, server.Url, Socket);
        server.AnswerNext(
            request => GraphQLSocketAnswer.Of(request.Id, server.Store.Run(request.Parameters)),
            _ => null,
            request => GraphQLSocketAnswer.Of(request.Id, server.Store.Run(request.Parameters)) with { Close = 1012 });

        DeliveryResult result = await connector.SendAsync(GraphQLTest.Batch(5), Cancelled);

        Assert.Equal([Delivered, FailureKind.Transient, Delivered, FailureKind.Transient, FailureKind.Transient], GraphQLTest.KindsOf(result, 5));
    }

    [Theory]
    [InlineData("""{"id":"1","type":"complete"}""", FailureKind.Transient)]
    [InlineData("""{"id":"1","type":"next","payload":{"data":{"a":1}}}""", Delivered)]
    [InlineData("""{"type":"ping","payload":{"x":1}}|{"type":"pong"}|{"id":"7","type":"complete"}|{"id":"1","type":"next","payload":{"data":{"a":1}}}""", Delivered)]
    [InlineData("""{"id":"1","type":"error","payload":[{"message":"Variable \"$event\" got invalid value 1"}]}""", FailureKind.Rejected)]
    [InlineData("""{"id":"1","type":"next","payload":{"data":{"a":null}}}""", FailureKind.Transient)]
    public async Task Result_decides(string messages, FailureKind kind)
    {
        await using var server = new GraphQLSocketServer();
        await using IConnector connector = GraphQLTest.Create(_context, server.Url, Socket);
        server.AnswerNext(_ => new GraphQLSocketAnswer(messages.Split('|')));

        Assert.Equal(kind, (await connector.SendAsync(GraphQLTest.Batch(1), Cancelled)).Kind);
        Assert.True((await connector.SendAsync(GraphQLTest.Batch(1), Cancelled)).IsDelivered);
        Assert.Equal(1, server.Connections);
        Assert.Empty(server.Violations);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":"data","id":"1","payload":{"data":{"a":1}}}""")]
    [InlineData("""{"type":"next","payload":{"data":{"a":1}}}""")]
    [InlineData("""{"type":"next","id":1,"payload":{"data":{"a":1}}}""")]
    [InlineData("""{"type":"next","id":"1"}""")]
    [InlineData("""{"type":"next","id":"1","payload":{}}""")]
    [InlineData("""{"type":"next","id":"1","payload":{"data":{"a":1},"errors":"x"}}""")]
    [InlineData("""{"type":"error","id":"1","payload":[]}""")]
    [InlineData("""{"type":"error","id":"1","payload":{"message":"x"}}""")]
    public async Task What_is_no_message_of_the_protocol_ends_the_connection(string message)
    {
        await using var server = new GraphQLSocketServer();
        await using IConnector connector = GraphQLTest.Create(_context, server.Url, Socket);
        server.AnswerNext(_ => new GraphQLSocketAnswer([message]));

        await Assert.ThrowsAsync<IOException>(async () => await connector.SendAsync(GraphQLTest.Batch(1), Cancelled));
        Assert.True((await connector.SendAsync(GraphQLTest.Batch(1), Cancelled)).IsDelivered);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task Missing_result_is_waited_for_until_the_deadline()
    {
        await using var server = new GraphQLSocketServer();
        await using IConnector connector = GraphQLTest.Create(_context, server.Url, Socket);
        server.AnswerNext(_ => null);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);

        ValueTask<DeliveryResult> sending = connector.SendAsync(GraphQLTest.Batch(1), deadline.Token);
        await server.NextAsync(Cancelled);
        await deadline.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await sending);
    }

    [Fact]
    public async Task Window_is_never_exceeded()
    {
        await using var server = new GraphQLSocketServer();
        await using IConnector connector = GraphQLTest.Create(_context, server.Url, Socket + ""","max_unanswered":3""");
        var held = new List<GraphQLOperationRequest>();
        int most = 0;
        server.AnswerNext(Enumerable.Repeat<Func<GraphQLOperationRequest, GraphQLSocketAnswer?>>(
            request =>
            {
                held.Add(request);
                most = Math.Max(most, held.Count);
                if (held.Count < 3 && request.Id != "20")
                    return null;
                string[] messages = [.. held.AsEnumerable().Reverse().SelectMany(one => GraphQLSocketAnswer.Of(one.Id, server.Store.Run(one.Parameters)).Messages)];
                held.Clear();
                return new GraphQLSocketAnswer(messages);
            },
            20));

        DeliveryResult result = await connector.SendAsync(GraphQLTest.Batch(20), Cancelled);

        Assert.Equal([.. Enumerable.Range(1, 20).Select(number => $"stored-e-{number}")], result.AcknowledgementIds!);
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task Tls_is_the_hosts()
    {
        using var folder = new TestFolder();
        using var certificates = new TestCertificates(folder.Path);
        using var certificate = X509Certificate2.CreateFromPemFile(certificates.CertificatePath, certificates.KeyPath);
        await using var server = new GraphQLSocketServer(certificate);
        using var trusting = new TestPluginContext(authority: certificates.Authority);
        await using IConnector connector = GraphQLTest.Create(trusting, server.Url, Socket);
        await using IConnector wary = GraphQLTest.Create(_context, server.Url, Socket);

        Assert.True((await connector.SendAsync(GraphQLTest.Batch(10), Cancelled)).IsDelivered);
        await Assert.ThrowsAsync<HttpRequestException>(async () => await wary.SendAsync(GraphQLTest.Batch(1), Cancelled));
    }
}
