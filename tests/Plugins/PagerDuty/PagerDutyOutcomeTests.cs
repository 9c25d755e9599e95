using AuditHost.Fakes;
using AuditHost.Fakes.PagerDuty;
using AuditHost.Plugins.Tests.Alerts;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.PagerDuty.PagerDutyTests;

namespace AuditHost.Plugins.Tests.PagerDuty;

/// <summary>What becomes of a message.</summary>
public sealed class PagerDutyOutcomeTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Theory]
    [InlineData(400, FailureKind.Rejected)]
    [InlineData(401, FailureKind.Misconfigured)]
    [InlineData(402, FailureKind.Misconfigured)]
    [InlineData(403, FailureKind.Misconfigured)]
    [InlineData(404, FailureKind.Misconfigured)]
    [InlineData(408, FailureKind.Transient)]
    [InlineData(413, FailureKind.TooLarge)]
    [InlineData(422, FailureKind.Rejected)]
    [InlineData(429, FailureKind.Throttled)]
    [InlineData(500, FailureKind.Transient)]
    [InlineData(502, FailureKind.Transient)]
    [InlineData(503, FailureKind.Transient)]
    [InlineData(301, FailureKind.Misconfigured)]
    public async Task Each_status_has_its_outcome(int status, FailureKind expected)
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(status, """{"status":"x","message":"y"}"""));

        Assert.Equal((expected, status), (result.Kind, result.Status));
        Assert.Contains("\"y\"", result.Response, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(202, """{"status":"failure"}""")]
    [InlineData(202, "")]
    [InlineData(202, "<html>accepted</html>")]
    [InlineData(202, """["success"]""")]
    [InlineData(200, """{"status":"success","message":"Event processed","dedup_key":"k"}""")]
    [InlineData(204, "")]
    public async Task A_success_that_is_not_PagerDutys_is_no_delivery(int status, string body)
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(status, body));

        Assert.Equal(FailureKind.Transient, result.Kind);
    }

    [Theory]
    [InlineData("""{"status":"invalid event","message":"Event object is invalid","errors":["Length of 'routing_key' is incorrect (should be 32 characters)"]}""")]
    [InlineData("""{"status":"invalid event","message":"Event object is invalid","errors":[1,"'routing_key' cannot contain non-alphanumeric characters."]}""")]
    [InlineData("""{"status":"invalid event","message":"Invalid routing key"}""")]
    public async Task A_refused_key_costs_no_message(string body)
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(400, body));

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("integration_key", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Throttling_without_a_time_is_half_a_minute_and_nothing_was_taken()
    {
        await using PagerDutyEvents events = await StartAsync();
        events.EventsPerMinute = 1;
        await using IConnector connector = Create(_context, endpoints: events.Address);

        DeliveryResult result = await connector.SendAsync(Batch(AlertEvents.Plain(sequence: 1), AlertEvents.Plain(sequence: 2), AlertEvents.Plain(sequence: 3)), Cancellation);
        int sent = events.Requests.Count;
        events.LetMinutePass();
        DeliveryResult again = await connector.SendAsync(Batch(AlertEvents.Plain(sequence: 2)), Cancellation);

        Assert.Equal([(1, FailureKind.Throttled), (2, FailureKind.Throttled)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Equal(TimeSpan.FromSeconds(30), result.RetryAfter);
        Assert.Equal(2, sent);
        Assert.True(again.IsDelivered);
        Assert.Equal(["log-1", "log-2"], events.Alerts.Select(alert => alert.DedupKey));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_wait_that_is_named_is_passed_on(int status)
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(status).With("Retry-After", "90"));

        Assert.Equal((FailureKind.Throttled, TimeSpan.FromSeconds(90)), (result.Kind, result.RetryAfter!.Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("""["a"]""")]
    [InlineData("""{"payload":{"summary":"s"}""")]
    [InlineData("""{"payload":{"summary":"s"}}{}""")]
    [InlineData("""{"summary":"s"}""")]
    [InlineData("""{"payload":"s"}""")]
    [InlineData("""{"payload":{"summary":" "}}""")]
    [InlineData("""{"payload":{"summary":7}}""")]
    [InlineData("""{"payload":{"summary":"s"},"event_action":"Trigger"}""")]
    public async Task A_message_that_PagerDuty_could_not_take_is_not_sent(string message)
    {
        await using PagerDutyEvents events = await StartAsync();
        await using IConnector connector = Create(_context, endpoints: events.Address);

        DeliveryResult result = await connector.SendAsync(
            AlertEvents.Batch((AlertEvents.Of(), message), (AlertEvents.Of(), """{"payload":{"summary":"good"}}""")), Cancellation);

        EventFailure failure = Assert.Single(result.Failures!);
        Assert.Equal((0, FailureKind.Rejected), (failure.Index, failure.Kind));
        Assert.Single(events.Requests);
    }

    [Fact]
    public async Task A_severity_that_PagerDuty_does_not_know_is_refused_there()
    {
        await using PagerDutyEvents events = await StartAsync();
        await using IConnector connector = Create(_context, endpoints: events.Address);

        DeliveryResult result = await connector.SendAsync(AlertEvents.Batch((AlertEvents.Of(), """{"payload":{"summary":"s","severity":"high"}}""")), Cancellation);

        Assert.Equal(FailureKind.Rejected, Assert.Single(result.Failures!).Kind);
        Assert.Contains("payload.severity", result.Response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_beyond_512_kB_is_too_large_before_it_is_sent()
    {
        await using PagerDutyEvents events = await StartAsync();
        await using IConnector connector = Create(_context, endpoints: events.Address);
        string details = new('x', 512_000);

        DeliveryResult result = await connector.SendAsync(
            AlertEvents.Batch((AlertEvents.Of(), $$$$"""{"payload":{"summary":"s","custom_details":{"x":"{{{{details}}}}"}}}""")), Cancellation);

        Assert.Equal(FailureKind.TooLarge, Assert.Single(result.Failures!).Kind);
        Assert.Empty(events.Requests);
    }

    public void Dispose() => _context.Dispose();

    private async Task<DeliveryResult> SendAsync(FakeAnswer answer)
    {
        await using PagerDutyEvents events = await StartAsync();
        events.FailNext(answer);
        await using IConnector connector = Create(_context, endpoints: events.Address);
        DeliveryResult result = await connector.SendAsync(Batch(AlertEvents.Of()), Cancellation);

        // What concerns the message alone is listed by its index.
        return result.Failures is [{ } failure]
            ? DeliveryResult.Failed(failure.Kind, failure.Reason, result.RetryAfter).WithResponse(result.Status, result.Response)
            : result;
    }
}
