using System.Text;
using System.Text.Json;
using AuditHost.Connectors.Sentinel;
using AuditHost.Fakes;
using AuditHost.Fakes.Azure;
using AuditHost.Plugins.Tests.Files;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Sentinel.SentinelTests;
using SampleEvents = AuditHost.Plugins.Tests.Formats.SampleEvents;

namespace AuditHost.Plugins.Tests.Sentinel;

/// <summary>The HTTP Data Collector API: the signature, what goes over the wire, and what its answers mean.</summary>
public sealed class DataCollectorTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 20, 0, 0, TimeSpan.Zero);

    private readonly TestPluginContext _context = new(time: new ManualClock(Now));

    [Fact]
    public void Signature_is_that_of_the_known_request()
    {
        string key = Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('k', 64)));

        string authorization = SharedKey.Parse("shared_key", "w", key).Sign(36, "Mon, 23 Nov 2026 20:00:00 GMT");

        Assert.Equal("SharedKey w:lfkYcsvyuRiRYJY9Oc2weu9HyGwaaNCv4dOV9ZyT+p4=", authorization);
    }

    [Fact]
    public async Task A_batch_is_one_signed_array_without_the_names_that_the_api_refuses()
    {
        await using FakeDataCollector fake = await StartAsync(new FakeDataCollector(new ManualClock(Now)));
        await using IConnector connector = CreateCollector(fake, _context);

        DeliveryResult result = await connector.SendAsync(Batch(Event(1), Event(2)), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(fake.Violations);
        FakeRequest request = Assert.Single(fake.Requests);
        Assert.Equal("/api/logs", request.Path);
        Assert.Equal("CopybookAudit", request.Header("Log-Type"));
        Assert.Equal("Mon, 23 Nov 2026 20:00:00 GMT", request.Header("x-ms-date"));
        Assert.Equal("EventTime", request.Header("time-generated-field"));
        Assert.StartsWith("""[{"EventTime":"2026-11-23T20:00:00.1234567Z","EventId":"e-1",""", request.Text, StringComparison.Ordinal);
        Assert.Equal(["e-1", "e-2"], fake.Records.Select(record => record.GetProperty("EventId").GetString()));
    }

    [Fact]
    public async Task All_samples_arrive()
    {
        await using FakeDataCollector fake = await StartAsync(new FakeDataCollector(new ManualClock(Now)));
        await using IConnector connector = CreateCollector(fake, _context, ""","time_generated_field":"OccurredAt" """);

        DeliveryResult result = await connector.SendAsync(Batch(Enumerable.Range(0, 10).Select(SampleEvents.Parse)), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(fake.Violations);
        Assert.All(fake.Records, record => Assert.Equal(JsonValueKind.String, record.GetProperty("OccurredAt").ValueKind));
        Assert.Equal(10, fake.RecordCount);
    }

    [Fact]
    public async Task An_event_without_the_formats_first_column_goes_as_it_is()
    {
        await using FakeDataCollector fake = await StartAsync(new FakeDataCollector(new ManualClock(Now)));
        await using IConnector connector = CreateCollector(fake, _context, ""","time_generated_field":"timestamp" """);

        DeliveryResult result = await connector.SendAsync(Raw("""{"timestamp":"2026-11-23T20:00:00Z","event_id":"é"}"""), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(fake.Violations);
        Assert.Equal("""[{"timestamp":"2026-11-23T20:00:00Z","event_id":"é"}]""", Assert.Single(fake.Requests).Text);
    }

    [Fact]
    public async Task Text_that_is_no_json_is_never_sent()
    {
        await using FakeDataCollector fake = await StartAsync(new FakeDataCollector(new ManualClock(Now)));
        await using IConnector connector = CreateCollector(fake, _context);

        DeliveryResult result = await connector.SendAsync(Raw("CEF:0|a|b|c|d|e|f|", "text/plain"), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Empty(fake.Requests);
    }

    [Theory]
    [InlineData(400, "InactiveCustomer", FailureKind.Misconfigured)]
    [InlineData(400, "InvalidApiVersion", FailureKind.Misconfigured)]
    [InlineData(400, "InvalidCustomerId", FailureKind.Misconfigured)]
    [InlineData(400, "InvalidDataFormat", FailureKind.Rejected)]
    [InlineData(400, "InvalidLogType", FailureKind.Misconfigured)]
    [InlineData(400, "MissingApiVersion", FailureKind.Misconfigured)]
    [InlineData(400, "MissingContentType", FailureKind.Misconfigured)]
    [InlineData(400, "MissingLogType", FailureKind.Misconfigured)]
    [InlineData(400, "UnsupportedContentType", FailureKind.Misconfigured)]
    [InlineData(400, "SomethingNew", FailureKind.Rejected)]
    [InlineData(403, "InvalidAuthorization", FailureKind.Misconfigured)]
    [InlineData(404, "", FailureKind.Misconfigured)]
    [InlineData(410, "", FailureKind.Misconfigured)]
    [InlineData(413, "", FailureKind.TooLarge)]
    [InlineData(429, "", FailureKind.Throttled)]
    [InlineData(500, "UnspecifiedError", FailureKind.Transient)]
    [InlineData(503, "ServiceUnavailable", FailureKind.Transient)]
    [InlineData(202, "", FailureKind.Misconfigured)]
    [InlineData(204, "", FailureKind.Misconfigured)]
    public async Task Each_answer_stands_for_a_kind_of_failure(int status, string error, FailureKind expected)
    {
        await using FakeDataCollector fake = await StartAsync(new FakeDataCollector(new ManualClock(Now)));
        fake.FailNext(new FakeAnswer(status, status == 204 ? "" : $$"""{"Error":"{{error}}","Message":"the vendor's text"}"""));
        await using IConnector connector = CreateCollector(fake, _context);

        DeliveryResult result = await connector.SendAsync(Batch(Event(1), Event(2)), Cancellation);

        Assert.Equal(expected, result.Kind);
        Assert.Equal(status, result.Status);
        Assert.Contains($"HTTP {status}", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ok", "text/plain")]
    [InlineData("{}", "application/json")]
    [InlineData("<html>sign in</html>", "text/html")]
    [InlineData("", "text/html")]
    public async Task Success_that_says_more_is_not_the_apis(string body, string contentType)
    {
        await using FakeDataCollector fake = await StartAsync(new FakeDataCollector(new ManualClock(Now)));
        fake.FailNext(body.Length > 0 ? new FakeAnswer(200, body, contentType) : new FakeAnswer(200).With("Content-Type", contentType));
        await using IConnector connector = CreateCollector(fake, _context);

        DeliveryResult result = await connector.SendAsync(Batch(Event(1)), Cancellation);

        Assert.Equal((FailureKind.Misconfigured, 200), (result.Kind, result.Status));
        Assert.Contains("Check endpoint", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_larger_than_the_other_api_takes_goes()
    {
        await using FakeDataCollector fake = await StartAsync(new FakeDataCollector(new ManualClock(Now)));
        await using IConnector connector = CreateCollector(fake, _context);
        string details = string.Join(',', Enumerable.Range(0, 50).Select(number => $"\"d{number}\":\"{new string('x', 30_000)}\""));

        DeliveryResult result = await connector.SendAsync(Raw($$"""{"event_id":"e",{{details}}}"""), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(fake.Violations);
        Assert.DoesNotContain(_context.Warnings, warning => warning.Contains("max_field_bytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Values_that_the_api_cuts_are_told_of_once()
    {
        await using FakeDataCollector fake = await StartAsync(new FakeDataCollector(new ManualClock(Now)));
        await using IConnector connector = CreateCollector(fake, _context);

        for (int round = 0; round < 2; round++)
            await connector.SendAsync(Raw($$"""{"event_id":"e","d":"{{new string('x', 32_769)}}"}"""), Cancellation);

        Assert.Single(_context.Warnings, warning => warning.Contains("max_field_bytes: 32768", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_clock_that_is_wrong_burns_no_event()
    {
        await using FakeDataCollector fake = await StartAsync(new FakeDataCollector(new ManualClock(Now.AddHours(1))));
        await using IConnector connector = CreateCollector(fake, _context);

        DeliveryResult result = await connector.SendAsync(Batch(Event(1)), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("clock", result.Reason, StringComparison.Ordinal);
        Assert.Equal(["an x-ms-date far from now"], fake.Violations);
    }

    [Fact]
    public async Task A_probe_sends_no_event()
    {
        await using FakeDataCollector fake = await StartAsync(new FakeDataCollector(new ManualClock(Now)));
        await using IConnector connector = CreateCollector(fake, _context);

        await connector.ProbeAsync(Cancellation);

        Assert.Equal("OPTIONS", Assert.Single(fake.Requests).Method);
        Assert.Equal(0, fake.RecordCount);
    }

    public void Dispose() => _context.Dispose();
}
