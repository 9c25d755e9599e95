using System.Text.Json;
using AuditHost.Fakes;
using AuditHost.Fakes.AppDynamics;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.AppDynamics;

/// <summary>The schema is there when events come, whoever made it.</summary>
public sealed class SchemaTests : AppDynamicsTest
{
    private const string Whole = """{"schema":{"severity_level":"integer","event_time":"date","event_id":"string","event_type":"string","severity":"string","source":"string","user_name":"string","host_name":"string","operation_id":"string","classification":"string","compliance_profiles":"string","integrity_hash":"string","previous_hash":"string","event_body":"string","is_truncated":"boolean"}}""";

    private const string ByHand = ""","create_schema":false""";

    private IEnumerable<string> Calls => Service.Requests.Select(request => $"{request.Method} {request.Target}");

    [Fact]
    public async Task A_missing_schema_is_created_before_the_first_batch()
    {
        await using IConnector connector = Create();

        await connector.StartAsync(Cancellation);
        await connector.SendAsync(Batch(1), Cancellation);
        await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(
            ["GET /events/schema/audit_events", "POST /events/schema/audit_events", "POST /events/publish/audit_events", "POST /events/publish/audit_events"],
            Calls);
        Assert.Equal(Whole, Service.Requests[1].Text);
        Assert.Equal(FakeEventsService.MediaType, Service.Requests[0].Header("Accept"));
        Assert.Empty(Service.Requests[0].Header("Content-Type"));
        Assert.Empty(Service.Violations);
    }

    [Fact]
    public async Task A_schema_that_fits_is_left_alone_with_whatever_else_it_has()
    {
        await using (IConnector first = Create(""","schema":"mine","columns":{"more":{"path":"a"}}"""))
            await first.SendAsync(Batch(1), Cancellation);
        await using IConnector second = Create(""","schema":"mine" """);

        Assert.True((await second.SendAsync(Batch(1), Cancellation)).IsDelivered);

        Assert.Single(Calls, call => call == "POST /events/schema/mine");
        Assert.DoesNotContain(Calls, call => call.StartsWith("PATCH", StringComparison.Ordinal));
        Assert.True(Service.Schema("mine")!.ContainsKey("more"));
    }

    [Fact]
    public async Task Columns_that_a_schema_lacks_are_added()
    {
        await using (IConnector first = Create())
            await first.SendAsync(Batch(1), Cancellation);
        await using IConnector second = Create(""","columns":{"records":{"path":"n","type":"integer"},"share":{"path":"f","type":"float"}}""");

        Assert.True((await second.SendAsync(Batch("""{"event_id":"e","n":5,"f":0.5}"""), Cancellation)).IsDelivered);

        FakeRequest patch = Assert.Single(Service.Requests, request => request.Method == "PATCH");
        Assert.Equal("""[{"add":{"records":"integer","share":"float"}}]""", patch.Text);
        Assert.Equal(FakeEventsService.MediaType, patch.Header("Content-Type"));
        Assert.Empty(Service.Violations);
        Assert.Contains(Context.Entries, entry => entry.Message.Contains("records, share", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_column_of_another_type_is_named_with_what_to_do()
    {
        Service.Define(Schema, ("severity_level", "string"), ("event_id", "integer"));
        await using IConnector connector = Create();

        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("severity_level has the type string and should have integer, event_id has the type integer and should have string", result.Reason, StringComparison.Ordinal);
        Assert.Contains("set schema to another name", result.Reason, StringComparison.Ordinal);
        Assert.Equal(["GET /events/schema/audit_events"], Calls);
    }

    [Fact]
    public async Task A_description_of_columns_by_objects_is_read_too()
    {
        Service.FailNext(new FakeAnswer(200, Whole.Replace("\"string\"", """{"type":"STRING","label":"x"}""", StringComparison.Ordinal)));
        Service.Define(Schema, ColumnsOf(Whole));
        await using IConnector connector = Create();

        Assert.True((await connector.SendAsync(Batch(1), Cancellation)).IsDelivered);
        Assert.Equal(["GET /events/schema/audit_events", "POST /events/publish/audit_events"], Calls);
    }

    [Fact]
    public async Task A_schema_that_somebody_creates_at_the_same_time_is_looked_at_again()
    {
        Service.InterceptNext(_ =>
        {
            Service.Define(Schema, ("event_id", "string"));
            return EventsError.MissingSchema;
        });
        await using IConnector connector = Create();

        Assert.True((await connector.SendAsync(Batch(1), Cancellation)).IsDelivered);

        Assert.Equal(["GET", "POST", "GET", "PATCH", "POST"], Service.Requests.Select(request => request.Method));
        Assert.Empty(Service.Violations);
    }

    [Fact]
    public async Task Columns_that_somebody_adds_at_the_same_time_are_looked_at_again()
    {
        Service.Define(Schema, ("event_id", "string"));
        Service.InterceptNext(static _ => null);
        Service.InterceptNext(request =>
        {
            using var body = JsonDocument.Parse(request.Body);
            Service.Define(Schema, [("event_id", "string"), .. body.RootElement[0].GetProperty("add").EnumerateObject().Select(column => (column.Name, column.Value.GetString()!))]);
            return null;
        });
        await using IConnector connector = Create();

        Assert.True((await connector.SendAsync(Batch(1), Cancellation)).IsDelivered);
        Assert.Equal(["GET", "PATCH", "GET", "POST"], Service.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task Columns_that_cannot_be_added_are_a_matter_of_settings()
    {
        Service.Define(Schema, ("event_id", "string"));
        for (int look = 0; look < 2; look++)
        {
            Service.InterceptNext(static _ => null);
            Service.FailNext(EventsError.Of(400, "BadRequest", "no"));
        }

        await using IConnector connector = Create();

        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("lacks the columns severity_level, event_time", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, FailureKind.Misconfigured, "cannot be asked for")]
    [InlineData(401, FailureKind.Misconfigured, "account_name")]
    [InlineData(403, FailureKind.Misconfigured, "create_schema: false")]
    [InlineData(406, FailureKind.Misconfigured, "version 2")]
    [InlineData(413, FailureKind.Misconfigured, "cannot be asked for")]
    [InlineData(429, FailureKind.Throttled, "429")]
    [InlineData(500, FailureKind.Transient, "500")]
    [InlineData(503, FailureKind.Transient, "503")]
    [InlineData(302, FailureKind.Misconfigured, "302")]
    [InlineData(202, FailureKind.Misconfigured, "202")]
    public async Task No_event_dies_of_what_asking_for_the_schema_brings(int status, FailureKind expected, string said)
    {
        Service.FailNext(EventsError.Of(status, "Some.Code", "no"));
        await using IConnector connector = Create();

        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(expected, result.Kind);
        Assert.Contains(said, result.Reason, StringComparison.Ordinal);
        Assert.Equal(["GET /events/schema/audit_events"], Calls);
    }

    [Theory]
    [InlineData(400, FailureKind.Misconfigured, "cannot be created")]
    [InlineData(401, FailureKind.Misconfigured, "account_name")]
    [InlineData(403, FailureKind.Misconfigured, "create_schema: false")]
    [InlineData(409, FailureKind.Transient, "exists by now")]
    [InlineData(413, FailureKind.Misconfigured, "cannot be created")]
    [InlineData(415, FailureKind.Misconfigured, "version 2")]
    [InlineData(429, FailureKind.Throttled, "429")]
    [InlineData(500, FailureKind.Transient, "500")]
    public async Task No_event_dies_of_what_creating_the_schema_brings(int status, FailureKind expected, string said)
    {
        for (int look = 0; look < 2; look++)
        {
            Service.FailNext(EventsError.MissingSchema);
            Service.FailNext(EventsError.Of(status, "Some.Code", "no"));
        }

        await using IConnector connector = Create();

        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(expected, result.Kind);
        Assert.Contains(said, result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Calls, call => call.Contains("publish", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<html>sign in</html>")]
    [InlineData("""{"scheme":{}}""")]
    [InlineData("")]
    public async Task What_is_no_schema_is_not_taken_for_one(string body)
    {
        Service.FailNext(new FakeAnswer(200, body));
        await using IConnector connector = Create();

        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(FailureKind.Transient, result.Kind);
        Assert.Equal(0, Service.EventCount);
    }

    [Fact]
    public async Task Something_that_knows_neither_call_is_no_events_service()
    {
        Service.FailNext(new FakeAnswer(404, "<html>no</html>", "text/html"), times: 2);
        await using IConnector connector = Create();

        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("Check endpoint", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_that_is_deleted_meanwhile_is_created_once_more_and_the_batch_comes_again()
    {
        await using IConnector connector = Create();
        await connector.SendAsync(Batch(1), Cancellation);
        Service.Delete(Schema);

        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(FailureKind.Transient, result.Kind);
        Assert.NotNull(Service.Schema(Schema));
        Assert.True((await connector.SendAsync(Batch(1), Cancellation)).IsDelivered);
        Assert.Equal(["GET", "POST", "POST", "POST", "GET", "POST", "POST"], Service.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task Events_do_not_die_of_a_schema_that_somebody_made_anew()
    {
        await using IConnector connector = Create();
        await connector.SendAsync(Batch(1), Cancellation);
        Service.Define(Schema, ("event_id", "string"));

        DeliveryResult lacking = await connector.SendAsync(Batch(1), Cancellation);
        DeliveryResult mended = await connector.SendAsync(Batch(1), Cancellation);
        Service.Define(Schema, ("event_id", "integer"));
        DeliveryResult unfit = await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(FailureKind.Transient, lacking.Kind);
        Assert.True(mended.IsDelivered, mended.Reason);
        Assert.Equal(FailureKind.Misconfigured, unfit.Kind);
    }

    [Fact]
    public async Task A_schema_made_by_hand_is_neither_asked_for_nor_changed()
    {
        await using IConnector connector = Create(ByHand);
        await connector.StartAsync(Cancellation);

        DeliveryResult missing = await connector.SendAsync(Batch(1), Cancellation);
        Service.Define(Schema, ColumnsOf(Whole));
        DeliveryResult there = await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, missing.Kind);
        Assert.Contains("create_schema: true", missing.Reason, StringComparison.Ordinal);
        Assert.True(there.IsDelivered, there.Reason);
        Assert.All(Calls, call => Assert.Equal("POST /events/publish/audit_events", call));
    }

    [Theory]
    [InlineData("""{"schema":{"event_id":"string"}}""", true, FailureKind.Misconfigured, "lacks the columns severity_level")]
    [InlineData("""{"schema":{"event_id":"integer"}}""", true, FailureKind.Misconfigured, "event_id has the type integer")]
    [InlineData("""{"schema":{"event_id":"string"}}""", false, FailureKind.Rejected, "BadRequest")]
    public async Task A_schema_made_by_hand_that_does_not_fit_is_named_where_the_key_may_look(string made, bool mayLook, FailureKind expected, string said)
    {
        Service.MayManage = mayLook;
        Service.Define(Schema, ColumnsOf(made));
        await using IConnector connector = Create(ByHand);

        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(expected, result.Kind);
        Assert.Contains(said, result.Reason, StringComparison.Ordinal);
        Assert.Equal(["POST /events/publish/audit_events", "GET /events/schema/audit_events"], Calls);
    }

    [Fact]
    public async Task Where_the_schema_made_by_hand_fits_a_refused_event_is_at_fault()
    {
        Service.Define(Schema, ColumnsOf(Whole));
        Service.FailNext(EventsError.Of(400, "BadRequest", "no"));
        await using IConnector connector = Create(ByHand);

        Assert.Equal(FailureKind.Rejected, (await connector.SendAsync(Batch(1), Cancellation)).Kind);
    }

    [Fact]
    public async Task A_start_without_the_service_is_told_by_the_first_batch()
    {
        await using IConnector connector = Create();
        Service.FailNext(EventsError.Of(401, "Unauthorized", "no"));
        await connector.StartAsync(Cancellation);

        Assert.True((await connector.SendAsync(Batch(1), Cancellation)).IsDelivered);

        await using IConnector late = Create();
        await Service.DisposeAsync();
        await late.StartAsync(Cancellation);
        await Assert.ThrowsAsync<HttpRequestException>(async () => await late.SendAsync(Batch(1), Cancellation));
    }

    [Fact]
    public async Task Sends_side_by_side_agree_on_the_schema()
    {
        await using IConnector connector = Create();

        DeliveryResult[] results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await connector.SendAsync(Batch(1), Cancellation))));

        Assert.All(results, result => Assert.True(result.IsDelivered, result.Reason));
        Assert.Empty(Service.Violations);
    }

    [Theory]
    [InlineData(404, "", true)]
    [InlineData(404, ""","create_schema":false""", false)]
    [InlineData(403, "", false)]
    [InlineData(403, ""","create_schema":false""", true)]
    [InlineData(401, ""","create_schema":false""", false)]
    [InlineData(500, "", false)]
    public async Task A_probe_asks_for_the_schema_and_changes_nothing(int status, string further, bool isReached)
    {
        await using IConnector connector = Create(further);
        Service.FailNext(EventsError.Of(status, "Some.Code", "no"));

        Exception? failure = await Record.ExceptionAsync(async () => await connector.ProbeAsync(Cancellation));

        Assert.Equal(isReached, failure is null);
        Assert.True(failure is null or HttpRequestException);
        Assert.Equal(["GET /events/schema/audit_events"], Calls);
    }

    private static (string Name, string Type)[] ColumnsOf(string schema)
    {
        using var document = JsonDocument.Parse(schema);
        return [.. document.RootElement.GetProperty("schema").EnumerateObject().Select(column => (column.Name, column.Value.GetString()!))];
    }
}
