using System.Text;
using AuditHost.Fakes;
using AuditHost.Fakes.GraphQL;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.GraphQL;

/// <summary>What goes over the wire with <c>transport: http</c>.</summary>
public sealed class GraphQLRequestTests : IAsyncLifetime
{
    private readonly TestPluginContext _context = new();
    private readonly GraphQLApi _api = new();

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _api.StartAsync(Cancelled);

    public ValueTask DisposeAsync()
    {
        _context.Dispose();
        return _api.DisposeAsync();
    }

    [Fact]
    public async Task Each_event_is_a_mutation_of_its_own()
    {
        await using IConnector connector = GraphQLTest.Create(_context, _api.Address);

        DeliveryResult result = await connector.SendAsync(GraphQLTest.Batch(2), Cancelled);

        Assert.Equal(["stored-e-1", "stored-e-2"], result.AcknowledgementIds!);
        Assert.Equal(
            [
                $$$"""{"query":"{{{GraphQLTest.Query}}}","variables":{"event":{{{GraphQLTest.Event(1)}}}}}""",
                $$$"""{"query":"{{{GraphQLTest.Query}}}","variables":{"event":{{{GraphQLTest.Event(2)}}}}}""",
            ],
            _api.Requests.Select(request => request.Text));
        FakeRequest first = _api.Requests[0];
        Assert.Equal(("POST", "application/json", "application/graphql-response+json, application/json;q=0.9"), (first.Method, first.Header("Content-Type"), first.Header("Accept")));
        Assert.Empty(_api.Violations);
    }

    [Fact]
    public async Task Batch_is_one_mutation_with_a_list()
    {
        await using IConnector connector = GraphQLTest.Create(_context, _api.Address, ""","batch":true""");

        DeliveryResult result = await connector.SendAsync(GraphQLTest.Batch(2), Cancelled);

        Assert.Equal(["stored-e-1", "stored-e-2"], result.AcknowledgementIds!);
        Assert.Equal(
            $$$"""{"query":"{{{GraphQLTest.BatchQuery}}}","variables":{"events":[{{{GraphQLTest.Event(1)}}},{{{GraphQLTest.Event(2)}}}]}}""", _api.Requests.Single().Text);
        Assert.Empty(_api.Violations);
    }

    [Theory]
    [InlineData(false, """{"query":"mutation A($tenant: ID!, $key: ID, $e: JSON!) {\u000a  ingestAuditEvent(event: $e) { id }\u000a}","operationName":"A","variables":{"tenant":"t \"1\"","key":"log-1","e":EVENT}}""")]
    [InlineData(true, """{"query":"mutation A($tenant: ID!, $key: ID, $e: JSON!) {\u000a  ingestAuditEvents(events: $e) { id }\u000a}","operationName":"A","variables":{"tenant":"t \"1\"","key":["log-1"],"e":[EVENT]}}""")]
    public async Task Mutation_and_variables_are_settings(bool batch, string expected)
    {
        string call = batch ? "ingestAuditEvents(events: $e)" : "ingestAuditEvent(event: $e)";
        await using IConnector connector = GraphQLTest.Create(
            _context,
            _api.Address,
            $$""","batch":{{(batch ? "true" : "false")}},"query":"mutation A($tenant: ID!, $key: ID, $e: JSON!) {\n  {{call}} { id }\n}","operation_name":"A","variable":"e","key_variable":"key","variables":{"tenant":"t \"1\""}""");

        Assert.True((await connector.SendAsync(GraphQLTest.Batch(1), Cancelled)).IsDelivered);
        Assert.Equal(expected.Replace("EVENT", GraphQLTest.Event(1), StringComparison.Ordinal), _api.Requests.Single().Text);
    }

    [Fact]
    public async Task Event_that_came_twice_is_stored_once_by_its_id()
    {
        await using IConnector connector = GraphQLTest.Create(_context, _api.Address);

        await connector.SendAsync(GraphQLTest.Batch(2), Cancelled);
        Assert.True((await connector.SendAsync(GraphQLTest.Batch(2), Cancelled)).IsDelivered);

        Assert.Equal([GraphQLTest.Event(1), GraphQLTest.Event(2)], _api.Store.Events);
        Assert.Equal(_api.Requests[0].Text, _api.Requests[2].Text);
    }

    [Fact]
    public async Task Payload_that_is_no_json_is_a_text()
    {
        await using IConnector connector = GraphQLTest.Create(_context, _api.Address);
        var batch = new EventBatch(new[] { new OutboundEvent(TestEvent.Parse(GraphQLTest.Event(1)), "log", Encoding.UTF8.GetBytes("CEF:0|\"ü\"")) }, default, "text/plain");

        Assert.True((await connector.SendAsync(batch, Cancelled)).IsDelivered);
        Assert.EndsWith("""{"event":"CEF:0|\"ü\""}}""", _api.Requests.Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_can_be_compressed()
    {
        await using IConnector connector = GraphQLTest.Create(_context, _api.Address, ""","batch":true,"compression":"gzip" """);

        Assert.True((await connector.SendAsync(GraphQLTest.Batch(50), Cancelled)).IsDelivered);
        Assert.Equal(("gzip", 50), (_api.Requests.Single().Header("Content-Encoding"), _api.Store.Events.Count));
    }

    [Fact]
    public async Task Probe_runs_nothing()
    {
        await using IConnector connector = GraphQLTest.Create(_context, _api.Address);

        await connector.ProbeAsync(Cancelled);

        Assert.Equal("""{"query":"{ __typename }"}""", _api.Requests.Single().Text);
        Assert.Empty(_api.Store.Events);
    }

    [Theory]
    [InlineData(401, "")]
    [InlineData(200, """{"errors":[{"message":"who","extensions":{"code":"UNAUTHENTICATED"}}]}""")]
    [InlineData(404, "")]
    [InlineData(200, "<html>")]
    [InlineData(503, "")]
    public async Task Probe_finds_what_would_take_no_mutation(int status, string body)
    {
        await using IConnector connector = GraphQLTest.Create(_context, _api.Address);
        _api.FailNext(new FakeAnswer(status, body));

        await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.ProbeAsync(Cancelled));
    }

    [Fact]
    public async Task Server_that_knows_its_mutations_alone_is_there_all_the_same()
    {
        await using IConnector connector = GraphQLTest.Create(_context, _api.Address);
        _api.FailNext(new FakeAnswer(400, """{"errors":[{"message":"not on the list","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}"""));

        await connector.ProbeAsync(Cancelled);
    }
}
