using AuditHost.Fakes;
using AuditHost.Fakes.OpsGenie;
using AuditHost.Plugins.Tests.Alerts;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.OpsGenie.OpsGenieTests;

namespace AuditHost.Plugins.Tests.OpsGenie;

/// <summary>What becomes of a message.</summary>
public sealed class OpsGenieOutcomeTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Theory]
    [InlineData(400, FailureKind.Rejected)]
    [InlineData(401, FailureKind.Misconfigured)]
    [InlineData(402, FailureKind.Misconfigured)]
    [InlineData(403, FailureKind.Misconfigured)]
    [InlineData(404, FailureKind.Misconfigured)]
    [InlineData(405, FailureKind.Misconfigured)]
    [InlineData(406, FailureKind.Misconfigured)]
    [InlineData(408, FailureKind.Transient)]
    [InlineData(409, FailureKind.Rejected)]
    [InlineData(410, FailureKind.Misconfigured)]
    [InlineData(413, FailureKind.TooLarge)]
    [InlineData(415, FailureKind.Misconfigured)]
    [InlineData(422, FailureKind.Rejected)]
    [InlineData(429, FailureKind.Throttled)]
    [InlineData(500, FailureKind.Transient)]
    [InlineData(501, FailureKind.Misconfigured)]
    [InlineData(502, FailureKind.Transient)]
    [InlineData(503, FailureKind.Transient)]
    [InlineData(504, FailureKind.Transient)]
    [InlineData(307, FailureKind.Misconfigured)]
    public async Task Each_status_has_its_outcome(int status, FailureKind expected)
    {
        DeliveryResult result = await SendAsync(AlertApi.Say(status, "in the vendor's words"));

        Assert.Equal((expected, status), (result.Kind, result.Status));
        Assert.Contains("in the vendor's words", result.Response!.Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(202, "")]
    [InlineData(202, "queued")]
    [InlineData(202, """{"result":"Request will be processed"}""")]
    [InlineData(202, """{"requestId":17}""")]
    [InlineData(200, """{"requestId":"r-1"}""")]
    public async Task A_success_without_a_request_id_is_no_delivery(int status, string body)
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(status, body));

        Assert.Equal(FailureKind.Transient, result.Kind);
    }

    [Fact]
    public async Task A_key_of_another_form_costs_no_message()
    {
        DeliveryResult result = await SendAsync(AlertApi.Say(422, "Key format is not valid!"));

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("api_key", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_the_account_says_which_key_is_needed()
    {
        DeliveryResult result = await SendAsync(AlertApi.Say(403, "To perform this action, use an API key from an API integration.", ",\"code\":40301"));

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("API integration", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alert_that_is_not_there_stops_nothing_else()
    {
        DeliveryResult result = await SendAsync(AlertApi.Say(404, "Alert does not exist"), AlertEvents.Of("resolve"));

        Assert.Equal(FailureKind.Rejected, result.Kind);
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("99999999", 900)]
    [InlineData("soon", null)]
    public async Task Throttling_lasts_as_long_as_its_period(string period, int? expected)
    {
        DeliveryResult result = await SendAsync(AlertApi.Say(429, "no").With("X-RateLimit-State", "THROTTLED").With("X-RateLimit-Period-In-Sec", period));

        Assert.Equal(FailureKind.Throttled, result.Kind);
        Assert.Equal(expected, (int?)result.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task A_wait_that_is_named_wins_over_the_period()
    {
        DeliveryResult result = await SendAsync(AlertApi.Throttled().With("Retry-After", "5"));

        Assert.Equal(TimeSpan.FromSeconds(5), result.RetryAfter);
    }

    [Fact]
    public async Task What_is_throttled_in_a_batch_comes_again_from_there_on()
    {
        await using AlertApi api = await StartAsync();
        api.RequestsPerMinute = 1;
        await using IConnector connector = Create(_context, endpoints: api.Address);

        DeliveryResult result = await connector.SendAsync(Batch(AlertEvents.Plain(sequence: 1), AlertEvents.Plain(sequence: 2), AlertEvents.Plain(sequence: 3)), Cancellation);
        api.LetMinutePass();
        await connector.SendAsync(Batch(AlertEvents.Plain(sequence: 2)), Cancellation);

        Assert.Equal([(1, FailureKind.Throttled), (2, FailureKind.Throttled)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Equal(TimeSpan.FromMinutes(1), result.RetryAfter);
        Assert.Equal(["log-1", "log-2"], api.Alerts.Select(alert => alert.Alias));
    }

    [Fact]
    public async Task Being_slowed_down_is_a_delivery_and_said_once()
    {
        await using AlertApi api = await StartAsync();
        await using IConnector connector = Create(_context, endpoints: api.Address);

        foreach (bool slowed in new[] { true, true, false, false })
        {
            api.IsSlowed = slowed;
            Assert.True((await connector.SendAsync(Batch(AlertEvents.Of()), Cancellation)).IsDelivered);
        }

        Assert.Contains("slowed down", Assert.Single(_context.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, _context.Entries.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("""["a"]""")]
    [InlineData("""{"message":"m"}}""")]
    [InlineData("""{"description":"d"}""")]
    [InlineData("""{"message":" "}""")]
    [InlineData("""{"message":"m","priority":"high"}""")]
    [InlineData("""{"message":"m","event_action":"close"}""")]
    [InlineData("""{"message":"m","alias":".."}""")]
    public async Task A_message_that_could_not_be_taken_is_not_sent(string message)
    {
        await using AlertApi api = await StartAsync();
        await using IConnector connector = Create(_context, endpoints: api.Address);

        DeliveryResult result = await connector.SendAsync(AlertEvents.Batch((AlertEvents.Of(), message), (AlertEvents.Of(), """{"message":"good"}""")), Cancellation);

        EventFailure failure = Assert.Single(result.Failures!);
        Assert.Equal((0, FailureKind.Rejected), (failure.Index, failure.Kind));
        Assert.Single(api.Requests);
    }

    public void Dispose() => _context.Dispose();

    private async Task<DeliveryResult> SendAsync(FakeAnswer answer, AuditEvent? auditEvent = null)
    {
        await using AlertApi api = await StartAsync();
        api.FailNext(answer);
        await using IConnector connector = Create(_context, endpoints: api.Address);
        DeliveryResult result = await connector.SendAsync(Batch(auditEvent ?? AlertEvents.Of()), Cancellation);

        // What concerns the message alone is listed by its index.
        return result.Failures is [{ } failure]
            ? DeliveryResult.Failed(failure.Kind, failure.Reason, result.RetryAfter).WithResponse(result.Status, result.Response)
            : result;
    }
}
