using AuditHost.Fakes;
using AuditHost.Fakes.Azure;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Sentinel.SentinelTests;
using SampleEvents = AuditHost.Plugins.Tests.Formats.SampleEvents;

namespace AuditHost.Plugins.Tests.Sentinel;

/// <summary>The Logs Ingestion API: what goes over the wire, and what its answers mean.</summary>
public sealed class LogsIngestionTests : IDisposable
{
    private readonly TestPluginContext _context = new(credential: FakeLogsIngestion.Token);

    [Fact]
    public async Task A_batch_is_one_array_at_the_address_of_rule_and_stream()
    {
        await using FakeLogsIngestion fake = await StartAsync(new FakeLogsIngestion());
        await using IConnector connector = CreateIngestion(fake, _context, ""","compression":"none" """);

        DeliveryResult result = await connector.SendAsync(Batch(Event(1), Event(2)), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(fake.Violations);
        FakeRequest request = Assert.Single(fake.Requests);
        Assert.Equal($"/dataCollectionRules/{FakeLogsIngestion.Rule}/streams/{FakeLogsIngestion.Stream}", request.Path);
        Assert.Equal("2023-01-01", request.Query["api-version"]);
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.Equal(
            """[{"TimeGenerated":"2026-11-23T20:00:00.1234567Z","EventId":"e-1","EventType":"SecurityEvent","EventSeverity":"High","Details":{"type":"SecurityEvent","data":{"n":1 } }},"""
            + """{"TimeGenerated":"2026-11-23T20:00:00.1234567Z","EventId":"e-2","EventType":"SecurityEvent","EventSeverity":"High","Details":{"type":"SecurityEvent","data":{"n":2 } }}]""",
            request.Text);
    }

    [Fact]
    public async Task The_name_of_a_request_is_its_acknowledgement_and_differs_from_attempt_to_attempt()
    {
        await using FakeLogsIngestion fake = await StartAsync(new FakeLogsIngestion());
        await using IConnector connector = CreateIngestion(fake, _context);

        DeliveryResult first = await connector.SendAsync(Batch(Event(1)), Cancellation);
        DeliveryResult second = await connector.SendAsync(Batch(Event(1)), Cancellation);

        Assert.Equal(fake.Requests.Select(request => request.Header("x-ms-client-request-id")), [first.AcknowledgementId, second.AcknowledgementId]);
        Assert.NotEqual(first.AcknowledgementId, second.AcknowledgementId);
    }

    [Fact]
    public async Task All_samples_arrive_compressed_and_in_columns_that_Azure_takes()
    {
        await using FakeLogsIngestion fake = await StartAsync(new FakeLogsIngestion());
        await using IConnector connector = CreateIngestion(fake, _context);

        DeliveryResult result = await connector.SendAsync(Batch(Enumerable.Range(0, 10).Select(SampleEvents.Parse)), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(fake.Violations);
        Assert.Equal(10, fake.RowCount);
        FakeRequest request = Assert.Single(fake.Requests);
        Assert.Equal("gzip", request.Header("Content-Encoding"));
        Assert.True(request.Raw.Length < request.Body.Length);
    }

    [Theory]
    [InlineData("""{"EventId":"e"}""", "application/json")]
    [InlineData("CEF:0|a|b|c|d|e|f|", "text/plain")]
    [InlineData("[CEF:0|a|b|c|d|e|f|]", "text/plain")]
    public async Task What_is_no_array_is_never_sent(string body, string contentType)
    {
        await using FakeLogsIngestion fake = await StartAsync(new FakeLogsIngestion());
        await using IConnector connector = CreateIngestion(fake, _context);

        DeliveryResult result = await connector.SendAsync(Raw(body, contentType), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Empty(fake.Requests);
    }

    [Fact]
    public async Task A_body_of_a_million_bytes_goes_and_a_longer_one_is_too_large_before_it_is_sent()
    {
        await using FakeLogsIngestion fake = await StartAsync(new FakeLogsIngestion());
        await using IConnector connector = CreateIngestion(fake, _context);
        const string Row = """[{"TimeGenerated":"2026-11-23T20:00:00Z"}]""";

        DeliveryResult fits = await connector.SendAsync(Raw(Row + new string(' ', 1_000_000 - Row.Length)), Cancellation);
        DeliveryResult exceeds = await connector.SendAsync(Raw(Row + new string(' ', 1_000_001 - Row.Length)), Cancellation);

        Assert.True(fits.IsDelivered, fits.Reason);
        Assert.Equal(FailureKind.TooLarge, exceeds.Kind);
        Assert.Single(fake.Requests);
    }

    [Theory]
    [InlineData(400, "InvalidPayload", FailureKind.Rejected)]
    [InlineData(400, "RecordsTimeRangeIsMoreThan30Minutes", FailureKind.Rejected)]
    [InlineData(400, "InvalidStream", FailureKind.Misconfigured)]
    [InlineData(400, "InvalidApiVersion", FailureKind.Misconfigured)]
    [InlineData(401, "InvalidToken", FailureKind.Misconfigured)]
    [InlineData(403, "OperationFailed", FailureKind.Misconfigured)]
    [InlineData(404, "NotFound", FailureKind.Misconfigured)]
    [InlineData(408, "Timeout", FailureKind.Transient)]
    [InlineData(413, "ContentLengthLimitExceeded", FailureKind.TooLarge)]
    [InlineData(429, "TooManyRequests", FailureKind.Throttled)]
    [InlineData(500, "InternalServerError", FailureKind.Transient)]
    [InlineData(502, "BadGateway", FailureKind.Transient)]
    [InlineData(503, "ServiceUnavailable", FailureKind.Transient)]
    [InlineData(504, "GatewayTimeout", FailureKind.Transient)]
    [InlineData(302, "Found", FailureKind.Misconfigured)]
    public async Task Each_answer_stands_for_a_kind_of_failure(int status, string code, FailureKind expected)
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(status, $$$"""{"error":{"code":"{{{code}}}","message":"the vendor's text"}}"""));

        Assert.Equal(expected, result.Kind);
        Assert.Equal(status, result.Status);
        Assert.Contains($"HTTP {status}", result.Reason, StringComparison.Ordinal);
        Assert.Contains("the vendor's text", result.Response, StringComparison.Ordinal);
        Assert.Null(result.AcknowledgementId);
    }

    [Theory]
    [InlineData(400, FailureKind.Rejected)]
    [InlineData(404, FailureKind.Misconfigured)]
    [InlineData(413, FailureKind.TooLarge)]
    [InlineData(502, FailureKind.Transient)]
    [InlineData(200, FailureKind.Misconfigured)]
    [InlineData(202, FailureKind.Misconfigured)]
    public async Task What_a_gateway_answers_has_no_code(int status, FailureKind expected)
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(status, "<html>no</html>", "text/html"));

        Assert.Equal(expected, result.Kind);
    }

    [Theory]
    [InlineData("IsDcrDceBindingValid: False", "does not belong to this endpoint")]
    [InlineData("AccessGranted: False, IsDcrDceBindingValid: ,", "Monitoring Metrics Publisher")]
    public async Task A_403_says_what_is_missing(string message, string expected)
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(403, $$$"""{"error":{"code":"OperationFailed","message":"{{{message}}}"}}"""));

        Assert.Contains(expected, result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_asks_for_a_pause_gets_it()
    {
        await using FakeLogsIngestion fake = await StartAsync(new FakeLogsIngestion());
        fake.ThrottleAfter(1);
        await using IConnector connector = CreateIngestion(fake, _context);

        DeliveryResult first = await connector.SendAsync(Batch(Event(1)), Cancellation);
        DeliveryResult second = await connector.SendAsync(Batch(Event(2)), Cancellation);

        Assert.True(first.IsDelivered, first.Reason);
        Assert.Equal((FailureKind.Throttled, TimeSpan.FromSeconds(17)), (second.Kind, second.RetryAfter));
    }

    [Fact]
    public async Task An_application_without_the_role_burns_no_event()
    {
        await using FakeLogsIngestion fake = await StartAsync(new FakeLogsIngestion());
        fake.HasRole = false;
        await using IConnector connector = CreateIngestion(fake, _context);

        DeliveryResult result = await connector.SendAsync(Batch(Event(1)), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("Monitoring Metrics Publisher", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_probe_proves_token_rule_and_stream_and_leaves_nothing()
    {
        await using FakeLogsIngestion fake = await StartAsync(new FakeLogsIngestion());
        await using IConnector connector = CreateIngestion(fake, _context);

        await connector.ProbeAsync(Cancellation);

        Assert.Empty(fake.Violations);
        Assert.Equal("[]", Assert.Single(fake.Requests).Text);
        Assert.Equal(0, fake.RowCount);
    }

    [Fact]
    public async Task A_probe_without_a_token_says_where_it_comes_from()
    {
        using var stranger = new TestPluginContext();
        await using FakeLogsIngestion fake = await StartAsync(new FakeLogsIngestion());
        await using IConnector connector = CreateIngestion(fake, stranger);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.ProbeAsync(Cancellation));

        Assert.Contains("oauth2", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _context.Dispose();

    private async Task<DeliveryResult> SendAsync(FakeAnswer answer)
    {
        await using FakeLogsIngestion fake = await StartAsync(new FakeLogsIngestion());
        fake.FailNext(answer);
        await using IConnector connector = CreateIngestion(fake, _context);
        return await connector.SendAsync(Batch(Event(1), Event(2)), Cancellation);
    }
}
