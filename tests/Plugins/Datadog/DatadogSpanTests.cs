using AuditHost.Fakes;
using AuditHost.Fakes.Datadog;
using AuditHost.Fakes.OpenTelemetry;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.Datadog;

/// <summary>Spans of APM.</summary>
public sealed class DatadogSpanTests : DatadogTest
{
    private const string On = ""","apm_enabled":true,"service_name":"copybook-audit","environment":"prod" """;

    [Fact]
    public async Task An_event_with_a_duration_is_a_span_of_its_operations_trace()
    {
        await using IConnector connector = Create("\"metrics\"", On);

        DeliveryResult result = await connector.SendAsync(Batch(2, Transformation), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(Fake.Violations);
        TakenSpan span = Fake.Spans[0];
        Assert.Equal(("Decode", 1, 1), (span.Name, span.Kind, span.Status));
        Assert.Equal((1_795_463_998_500_000_000UL, 1_795_464_000_000_000_000UL), (span.Start, span.End));
        Assert.Equal(("copybook-audit", "prod", "prod"), (span.Resource["service.name"], span.Resource["deployment.environment.name"], span.Resource["deployment.environment"]));
        Assert.Equal(("e-1", "DataTransformation", "op-1"), (span.Attributes["event.id"], span.Attributes["event.type"], span.Attributes["audit.operation_id"]));
        Assert.Equal(span.TraceId, Fake.Spans[1].TraceId);
        Assert.NotEqual(span.SpanId, Fake.Spans[1].SpanId);
    }

    [Fact]
    public async Task Datadogs_own_intake_gets_the_key_and_makes_metrics_of_spans()
    {
        await using IConnector connector = Create("\"dogstatsd\"", On);

        await connector.SendAsync(Batch(1, Transformation), Cancellation);

        FakeRequest request = Assert.Single(Fake.Requests);
        Assert.Equal((FakeDatadog.ApiKey, "true", "application/x-protobuf"), (request.Header("dd-api-key"), request.Header("compute_stats"), request.Header("Content-Type")));
    }

    [Fact]
    public async Task An_agent_gets_no_key()
    {
        Fake.IsAgent = true;
        await using IConnector connector = Create("\"dogstatsd\"", On + $",\"apm_endpoint\":\"{Fake.Address}\"");

        DeliveryResult result = await connector.SendAsync(Batch(1, Transformation), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(Fake.Violations);
        Assert.Equal(FakeDatadog.TracesPath, Assert.Single(Fake.Requests).Path);
        Assert.Single(Fake.Spans);
    }

    [Theory]
    [InlineData("Failed", 2)]
    [InlineData("Success", 1)]
    [InlineData("Whatever", 0)]
    public async Task How_it_ended_is_the_spans_status(string outcome, int status)
    {
        await using IConnector connector = Create("\"metrics\"", On);

        await connector.SendAsync(Batch(1, Transformation.Replace("Success", outcome, StringComparison.Ordinal)), Cancellation);

        Assert.Equal(status, Assert.Single(Fake.Spans).Status);
    }

    [Fact]
    public async Task Events_without_a_duration_send_no_spans()
    {
        await using IConnector connector = Create("\"metrics\"", On);

        Assert.True((await connector.SendAsync(Batch(3), Cancellation)).IsDelivered);

        Assert.Equal(0, RequestsTo(FakeDatadog.TracesPath));
    }

    [Fact]
    public async Task A_span_that_comes_again_is_the_same_one()
    {
        await using IConnector connector = Create("\"metrics\"", On);
        Fake.FailNext(FakeDatadog.Failure(503, "busy"));
        EventBatch batch = Batch(1, Transformation);

        await connector.SendAsync(batch, Cancellation);
        await connector.SendAsync(batch, Cancellation);

        Assert.Equal(Fake.Requests[0].Raw.ToArray(), Fake.Requests[1].Raw.ToArray());
    }

    [Fact]
    public async Task Rejected_spans_make_dead_letters_of_the_events_that_have_one()
    {
        Fake.RejectedSpans = 1;
        EventBatch with = Batch(2, Transformation);
        EventBatch without = Batch(1, first: 3);
        await using IConnector connector = Create("\"metrics\"", On);

        DeliveryResult result = await connector.SendAsync(new EventBatch(new[] { with[0], without[0], with[1] }, default, "application/json"), Cancellation);

        Assert.Equal([0, 2], result.Failures!.Select(failure => failure.Index));
        Assert.All(result.Failures!, failure => Assert.Equal(FailureKind.Rejected, failure.Kind));
        Assert.Equal(1, Fake.Metrics.Sum("copybook.audit.events"));
    }

    [Theory]
    [InlineData(400, FailureKind.Rejected)]
    [InlineData(403, FailureKind.Misconfigured)]
    [InlineData(404, FailureKind.Misconfigured)]
    [InlineData(413, FailureKind.TooLarge)]
    [InlineData(429, FailureKind.Throttled)]
    [InlineData(503, FailureKind.Transient)]
    public async Task Each_status_stands_for_a_kind_of_failure(int status, FailureKind expected)
    {
        Fake.FailNext(OtlpReply.Failure(OtlpReply.Protobuf, status, "no"));
        await using IConnector connector = Create("\"metrics\"", On);

        Assert.Equal(expected, (await connector.SendAsync(Batch(1, Transformation), Cancellation)).Kind);
        Assert.Equal(0, RequestsTo(FakeDatadog.SeriesPath));
    }

    [Theory]
    [InlineData("<html>sign in</html>", "text/html")]
    [InlineData("null", "application/json")]
    [InlineData("{", "application/json")]
    [InlineData("""{"partialSuccess":{"rejectedSpans":"many"}}""", "application/json")]
    [InlineData("\u000a\u0005hello", "application/x-protobuf")]
    public async Task A_success_that_no_receiver_says_is_no_delivery(string body, string type)
    {
        Fake.FailNext(new FakeAnswer(200, body, type));
        await using IConnector connector = Create("\"metrics\"", On);

        Assert.Equal(FailureKind.Transient, (await connector.SendAsync(Batch(1, Transformation), Cancellation)).Kind);
    }

    [Theory]
    [InlineData("""{}""", false)]
    [InlineData("""{"partialSuccess":{}}""", false)]
    [InlineData("""{"partialSuccess":{"rejectedSpans":"1"}}""", true)]
    [InlineData("""{"partialSuccess":{"rejectedSpans":1}}""", true)]
    public async Task An_answer_in_json_is_read_too(string body, bool rejects)
    {
        Fake.FailNext(new FakeAnswer(200, body));
        await using IConnector connector = Create("\"metrics\"", On);

        Assert.Equal(!rejects, (await connector.SendAsync(Batch(1, Transformation), Cancellation)).IsDelivered);
    }
}
