using AuditHost.Fakes;
using AuditHost.Fakes.GraphQL;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.GraphQL;

/// <summary>What an answer means for the events.</summary>
public sealed class GraphQLOutcomeTests : IAsyncLifetime
{
    private const FailureKind Delivered = 0;

    private readonly TestPluginContext _context = new();
    private readonly GraphQLApi _api = new();

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _api.StartAsync(Cancelled);

    public ValueTask DisposeAsync()
    {
        _context.Dispose();
        return _api.DisposeAsync();
    }

    [Theory]
    [InlineData("UNAUTHENTICATED", FailureKind.Misconfigured)]
    [InlineData("FORBIDDEN", FailureKind.Misconfigured)]
    [InlineData("UNAUTHORIZED", FailureKind.Misconfigured)]
    [InlineData("ACCESS_DENIED", FailureKind.Misconfigured)]
    [InlineData("PERMISSION_DENIED", FailureKind.Misconfigured)]
    [InlineData("GRAPHQL_PARSE_FAILED", FailureKind.Misconfigured)]
    [InlineData("GRAPHQL_VALIDATION_FAILED", FailureKind.Misconfigured)]
    [InlineData("OPERATION_RESOLUTION_FAILURE", FailureKind.Misconfigured)]
    [InlineData("BAD_REQUEST", FailureKind.Misconfigured)]
    [InlineData("PERSISTED_QUERY_NOT_FOUND", FailureKind.Misconfigured)]
    [InlineData("PERSISTED_QUERY_NOT_SUPPORTED", FailureKind.Misconfigured)]
    [InlineData("BAD_USER_INPUT", FailureKind.Rejected)]
    [InlineData("bad_user_input", FailureKind.Rejected)]
    [InlineData("PAYLOAD_TOO_LARGE", FailureKind.TooLarge)]
    [InlineData("REQUEST_TOO_LARGE", FailureKind.TooLarge)]
    [InlineData("TOO_MANY_REQUESTS", FailureKind.Throttled)]
    [InlineData("RATE_LIMITED", FailureKind.Throttled)]
    [InlineData("RATE_LIMIT_EXCEEDED", FailureKind.Throttled)]
    [InlineData("RATELIMITED", FailureKind.Throttled)]
    [InlineData("THROTTLED", FailureKind.Throttled)]
    [InlineData("INTERNAL_SERVER_ERROR", FailureKind.Transient)]
    [InlineData("INTERNAL", FailureKind.Transient)]
    [InlineData("SERVICE_UNAVAILABLE", FailureKind.Transient)]
    [InlineData("UNAVAILABLE", FailureKind.Transient)]
    [InlineData("TIMEOUT", FailureKind.Transient)]
    [InlineData("SOMETHING_ELSE", FailureKind.Transient)]
    [InlineData("MINE", FailureKind.Rejected)]
    [InlineData("DUPLICATE", Delivered)]
    public async Task Code_decides(string code, FailureKind kind)
    {
        await using IConnector connector = GraphQLTest.Create(_context, _api.Address, ""","error_codes":{"MINE":"rejected","DUPLICATE":"delivered"}""");
        _api.Store.Fail("e-2", new GraphQLFault(code, "why"));

        DeliveryResult result = await connector.SendAsync(GraphQLTest.Batch(3), Cancelled);

        // One mutation after the other: what concerns all of them stops the sending.
        FailureKind after = kind is Delivered or FailureKind.Rejected or FailureKind.TooLarge ? Delivered : kind;
        Assert.Equal([Delivered, kind, after], GraphQLTest.KindsOf(result, 3));
        Assert.All(result.Failures?.Take(1) ?? [], failure => Assert.Equal($"{code}: why", failure.Reason));
        Assert.Empty(_api.Violations);
    }

    [Fact]
    public async Task Sites_own_codes_win_over_the_usual_ones()
    {
        await using IConnector connector = GraphQLTest.Create(_context, _api.Address, ""","error_codes":{"FORBIDDEN":"rejected","*":"too_large"}""");
        _api.Store.Fail("e-1", new GraphQLFault("FORBIDDEN", "why"));
        _api.Store.Fail("e-2", new GraphQLFault("SOMETHING_ELSE", "why"));
        _api.Store.Fail("e-3", new GraphQLFault(null, "why"));

        Assert.Equal(
            [FailureKind.Rejected, FailureKind.TooLarge, FailureKind.TooLarge], GraphQLTest.KindsOf(await connector.SendAsync(GraphQLTest.Batch(3), Cancelled), 3));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Path_names_the_events_of_a_batch_that_failed(bool legacy)
    {
        await using var api = new GraphQLApi { IsLegacy = legacy };
        await api.StartAsync(Cancelled);
        await using IConnector connector = GraphQLTest.Create(_context, api.Address, ""","batch":true""");
        api.Store.Fail("e-2", new GraphQLFault("BAD_USER_INPUT", "no such user"));
        api.Store.Fail("e-4", new GraphQLFault(null, "the disk is full"));
        api.Store.Fail("e-5", new GraphQLFault("RATE_LIMITED", "slowly"));

        DeliveryResult result = await connector.SendAsync(GraphQLTest.Batch(6), Cancelled);

        Assert.Equal(
            [new EventFailure(1, FailureKind.Rejected, "BAD_USER_INPUT: no such user"), new(3, FailureKind.Transient, "the disk is full"), new(4, FailureKind.Throttled, "RATE_LIMITED: slowly")],
            result.Failures!);
        Assert.Equal(["stored-e-1", null, "stored-e-3", null, null, "stored-e-6"], result.AcknowledgementIds!);
        Assert.Equal(legacy ? 200 : 294, result.Status);
        Assert.Equal(["e-1", "e-3", "e-6"], api.Store.Events.Select(one => one.Split('"')[3]));
    }

    [Fact]
    public async Task Field_that_is_null_without_an_error_is_no_delivery()
    {
        await using IConnector single = GraphQLTest.Create(_context, _api.Address);
        await using IConnector batch = GraphQLTest.Create(_context, _api.Address, ""","batch":true""");
        _api.Store.Fail("e-2", new GraphQLFault(null, null));

        Assert.Equal([Delivered, FailureKind.Transient, FailureKind.Transient], GraphQLTest.KindsOf(await single.SendAsync(GraphQLTest.Batch(3), Cancelled), 3));
        Assert.Equal([Delivered, FailureKind.Transient, Delivered], GraphQLTest.KindsOf(await batch.SendAsync(GraphQLTest.Batch(3), Cancelled), 3));
    }

    [Theory]
    [InlineData("""{"data":{"a":{"id":"x"}}}""", "", Delivered)]
    [InlineData("""{"data":{"a":true},"errors":[]}""", "", Delivered)]
    [InlineData("""{"data":{"a":0},"errors":null,"extensions":{}}""", "", Delivered)]
    [InlineData("""{"data":{"a":"","b":[]}}""", "", Delivered)]
    [InlineData("""{"data":{"a":{}}}""", "", Delivered)]
    [InlineData("""{"data":{"a":{"ok":true}}}""", "a.ok", Delivered)]
    [InlineData("""{"data":{"a":{"ok":false}}}""", "a.ok", FailureKind.Rejected)]
    [InlineData("""{"data":{"a":{"ok":null}}}""", "a.ok", FailureKind.Transient)]
    [InlineData("""{"data":{"a":null}}""", "a.ok", FailureKind.Transient)]
    [InlineData("""{"data":{"a":{"id":"x"}}}""", "a.ok", FailureKind.Misconfigured)]
    [InlineData("""{"data":{"a":"x"}}""", "a.ok", FailureKind.Misconfigured)]
    [InlineData("""{"data":{"a":false}}""", "", FailureKind.Rejected)]
    [InlineData("""{"data":{"a":true,"b":null}}""", "", FailureKind.Transient)]
    [InlineData("""{"data":{}}""", "", FailureKind.Transient)]
    [InlineData("""{"data":null}""", "", FailureKind.Transient)]
    [InlineData("""{"data":17}""", "", FailureKind.Transient)]
    [InlineData("""{"data":{"a":1},"errors":[{"message":"x"}]}""", "", FailureKind.Transient)]
    [InlineData("""{"data":{"a":1},"errors":[17]}""", "", FailureKind.Transient)]
    [InlineData("""{"data":{"a":1},"errors":{"message":"x"}}""", "", FailureKind.Transient)]
    [InlineData("""{"data":{"a":1},"errors":"x"}""", "", FailureKind.Transient)]
    [InlineData("""{"errors":[]}""", "", FailureKind.Transient)]
    [InlineData("""{"errors":[{"message":"Syntax Error: Unexpected Name","locations":[{"line":1,"column":1}]}]}""", "", FailureKind.Misconfigured)]
    [InlineData("""{"errors":[{"message":"Variable \"$event\" got invalid value 17; Expected X"}]}""", "", FailureKind.Rejected)]
    [InlineData("""{"errors":[{"message":"must be defined","path":["variable","event","user"]}]}""", "", FailureKind.Rejected)]
    [InlineData("""{"errors":[{"message":"Variable \"$event\" of type \"JSON!\" used in position expecting type \"X\"."}]}""", "", FailureKind.Misconfigured)]
    [InlineData("""{"errors":[{"message":"a","extensions":{"code":"BAD_USER_INPUT"}},{"message":"b","extensions":{"code":"FORBIDDEN"}}]}""", "", FailureKind.Misconfigured)]
    [InlineData("""{"errors":[{"message":"a","extensions":{"code":17}}]}""", "", FailureKind.Misconfigured)]
    [InlineData("""{"ok":true}""", "", FailureKind.Transient)]
    [InlineData("[]", "", FailureKind.Transient)]
    [InlineData("null", "", FailureKind.Transient)]
    [InlineData("""{"data":{"a":1}""", "", FailureKind.Transient)]
    [InlineData("<html></html>", "", FailureKind.Transient)]
    [InlineData("", "", FailureKind.Transient)]
    public async Task Body_of_a_200_decides(string body, string successField, FailureKind kind)
    {
        await using IConnector connector = GraphQLTest.Create(_context, _api.Address, successField.Length == 0 ? string.Empty : $""","success_field":"{successField}" """);
        _api.FailNext(new FakeAnswer(200, body));

        DeliveryResult result = await connector.SendAsync(GraphQLTest.Batch(1), Cancelled);

        Assert.Equal(kind, GraphQLTest.KindsOf(result, 1).Single());
        Assert.Equal(kind == Delivered ? null : body.Length == 0 ? null : body, result.Response);
    }

    [Theory]
    [InlineData("""{"data":{"a":[{"id":1},{"id":2}]}}""", "", Delivered, Delivered)]
    [InlineData("""{"data":{"a":3}}""", "", Delivered, Delivered)]
    [InlineData("""{"data":{"a":[true,false]}}""", "", Delivered, FailureKind.Rejected)]
    [InlineData("""{"data":{"a":[null,1]}}""", "", FailureKind.Transient, Delivered)]
    [InlineData("""{"data":{"a":[1]}}""", "", FailureKind.Transient, FailureKind.Transient)]
    [InlineData("""{"data":{"a":[1,2,3]}}""", "", FailureKind.Transient, FailureKind.Transient)]
    [InlineData("""{"data":{"a":[]}}""", "", FailureKind.Transient, FailureKind.Transient)]
    [InlineData("""{"data":{"a":{"results":[{"ok":true},{"ok":false}]}}}""", "a.results.ok", Delivered, FailureKind.Rejected)]
    [InlineData("""{"data":{"a":{"results":[{"ok":true},null]}}}""", "a.results.ok", Delivered, FailureKind.Transient)]
    [InlineData("""{"data":{"a":{"results":[{"ok":true}]}}}""", "a.results.ok", FailureKind.Transient, FailureKind.Transient)]
    [InlineData("""{"data":null,"errors":[{"message":"x","path":["a",1],"extensions":{"code":"BAD_USER_INPUT"}}]}""", "", FailureKind.Transient, FailureKind.Rejected)]
    [InlineData("""{"data":{"a":[1,null]},"errors":[{"message":"x","path":["a",1,"id"],"extensions":{"code":"BAD_USER_INPUT"}}]}""", "", Delivered, FailureKind.Rejected)]
    [InlineData("""{"data":{"a":[1,2]},"errors":[{"message":"x","path":["a",2],"extensions":{"code":"BAD_USER_INPUT"}}]}""", "", FailureKind.Transient, FailureKind.Transient)]
    [InlineData("""{"data":{"a":[1,2]},"errors":[{"message":"x","path":["a",-1],"extensions":{"code":"BAD_USER_INPUT"}}]}""", "", FailureKind.Transient, FailureKind.Transient)]
    [InlineData("""{"data":{"a":[1,2]},"errors":[{"message":"x","path":["a",99999999999],"extensions":{"code":"BAD_USER_INPUT"}}]}""", "", FailureKind.Transient, FailureKind.Transient)]
    [InlineData("""{"data":{"a":[1,2]},"errors":[{"message":"x","path":["a"],"extensions":{"code":"BAD_USER_INPUT"}}]}""", "", FailureKind.Rejected, FailureKind.Rejected)]
    [InlineData("""{"data":{"a":[1,null]},"errors":[{"message":"x","path":["a",1],"extensions":{"code":"DUPLICATE"}}]}""", "", Delivered, Delivered)]
    [InlineData("""{"data":null,"errors":[{"message":"x","extensions":{"code":"DUPLICATE"}}]}""", "", FailureKind.Rejected, FailureKind.Rejected)]
    public async Task Each_event_of_a_batch_has_its_place(string body, string successField, params FailureKind[] kinds)
    {
        await using IConnector connector = GraphQLTest.Create(
            _context, _api.Address, $$$""","batch":true,"error_codes":{"DUPLICATE":"delivered"}{{{(successField.Length == 0 ? string.Empty : $",\"success_field\":\"{successField}\"")}}}""");
        _api.FailNext(new FakeAnswer(200, body));

        Assert.Equal(kinds, GraphQLTest.KindsOf(await connector.SendAsync(GraphQLTest.Batch(2), Cancelled), 2));
    }

    [Theory]
    [InlineData(400, "", FailureKind.Misconfigured)]
    [InlineData(401, "", FailureKind.Misconfigured)]
    [InlineData(403, "", FailureKind.Misconfigured)]
    [InlineData(404, "", FailureKind.Misconfigured)]
    [InlineData(405, "", FailureKind.Misconfigured)]
    [InlineData(406, "", FailureKind.Misconfigured)]
    [InlineData(408, "", FailureKind.Transient)]
    [InlineData(413, "", FailureKind.TooLarge)]
    [InlineData(415, "", FailureKind.Misconfigured)]
    [InlineData(422, "", FailureKind.Misconfigured)]
    [InlineData(429, "", FailureKind.Throttled)]
    [InlineData(500, "", FailureKind.Transient)]
    [InlineData(502, "", FailureKind.Transient)]
    [InlineData(302, "", FailureKind.Misconfigured)]
    [InlineData(400, """{"errors":[{"message":"x","extensions":{"code":"BAD_USER_INPUT"}}]}""", FailureKind.Rejected)]
    [InlineData(422, """{"errors":[{"message":"x","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""", FailureKind.Misconfigured)]
    [InlineData(400, """{"errors":[{"message":"Syntax Error"}]}""", FailureKind.Misconfigured)]
    [InlineData(400, """{"errors":[{"message":"Variable \"$event\" got invalid value {}; x"}]}""", FailureKind.Rejected)]
    [InlineData(500, """{"errors":[{"message":"x","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}""", FailureKind.Transient)]
    [InlineData(500, """{"errors":[{"message":"x"}]}""", FailureKind.Transient)]
    [InlineData(500, """{"errors":[{"message":"x","extensions":{"code":"BAD_USER_INPUT"}}]}""", FailureKind.Rejected)]
    [InlineData(401, """{"errors":[{"message":"x","extensions":{"code":"BAD_USER_INPUT"}}]}""", FailureKind.Misconfigured)]
    [InlineData(429, """{"errors":[{"message":"x","extensions":{"code":"BAD_USER_INPUT"}}]}""", FailureKind.Throttled)]
    [InlineData(500, """{"data":{"a":1}}""", FailureKind.Transient)]
    [InlineData(400, """{"data":{"a":1}}""", FailureKind.Transient)]
    [InlineData(294, """{"data":{"a":1}}""", Delivered)]
    [InlineData(294, """{"data":{"a":null},"errors":[{"message":"x","path":["a"],"extensions":{"code":"BAD_USER_INPUT"}}]}""", FailureKind.Rejected)]
    [InlineData(202, """{"data":{"a":1}}""", Delivered)]
    [InlineData(204, "", FailureKind.Transient)]
    public async Task Status_decides_where_it_is_not_graphqls_to_say(int status, string body, FailureKind kind)
    {
        await using IConnector connector = GraphQLTest.Create(_context, _api.Address);
        _api.FailNext(new FakeAnswer(status, body));

        DeliveryResult result = await connector.SendAsync(GraphQLTest.Batch(1), Cancelled);

        Assert.Equal((kind, kind == Delivered ? null : status), (GraphQLTest.KindsOf(result, 1).Single(), result.Status));
    }

    [Theory]
    [InlineData(429, "7", """{"errors":[{"message":"x"}]}""", 7)]
    [InlineData(200, "7", """{"errors":[{"message":"x","extensions":{"code":"RATE_LIMITED"}}]}""", 7)]
    [InlineData(200, "7", """{"errors":[{"message":"x","extensions":{"code":"RATE_LIMITED","retryAfter":30}}]}""", 30)]
    [InlineData(200, null, """{"errors":[{"message":"x","extensions":{"code":"RATE_LIMITED","retryAfter":"30"}}]}""", 30)]
    [InlineData(200, null, """{"errors":[{"message":"x","extensions":{"code":"RATE_LIMITED","retryAfter":-1}}]}""", null)]
    public async Task Wait_that_the_server_asks_for_is_passed_on(int status, string? header, string body, int? seconds)
    {
        await using IConnector connector = GraphQLTest.Create(_context, _api.Address);
        var answer = new FakeAnswer(status, body);
        _api.FailNext(header is null ? answer : answer.With("Retry-After", header));

        DeliveryResult result = await connector.SendAsync(GraphQLTest.Batch(1), Cancelled);

        Assert.Equal((FailureKind.Throttled, seconds), (result.Kind, (int?)result.RetryAfter?.TotalSeconds));
    }

    [Fact]
    public async Task Message_of_an_error_is_one_line_and_cut()
    {
        await using IConnector connector = GraphQLTest.Create(_context, _api.Address);
        _api.Store.Fail("e-1", new GraphQLFault("BAD_USER_INPUT", "line\none" + new string('x', 1000)));

        DeliveryResult result = await connector.SendAsync(GraphQLTest.Batch(1), Cancelled);

        Assert.Equal("BAD_USER_INPUT: line one" + new string('x', 192), result.Failures!.Single().Reason);
    }
}
