using System.Buffers;
using System.Net;
using System.Text;
using Acme.Hook;
using AuditHost.Sdk.Testing;

namespace AuditHost.Sdk;

/// <summary>The guide's connector and formatter do what the guide says.</summary>
public sealed class SampleTests
{
    private static readonly AuditEvent Event = TestEvent.Parse("""{"event_id":"e-1","event_type":"SecurityEvent","user":"alice"}""", sequence: 7);

    [Fact]
    public async Task Connector_sends_the_body_with_a_stable_key()
    {
        using var handler = new StubHttpHandler(HttpStatusCode.OK, """{"id":"r-9","failed":[]}""");
        DeliveryResult result = await SendAsync(handler);

        Assert.True(result.IsDelivered);
        Assert.Equal(("r-9", 200), (result.AcknowledgementId, result.Status));
        Assert.Equal(("the body", "log-7"), (handler.RequestBody, handler.IdempotencyKey));
    }

    [Fact]
    public async Task Connector_reports_the_events_that_were_not_taken()
    {
        using var handler = new StubHttpHandler(
            HttpStatusCode.OK, """{"id":"r-9","failed":[{"index":0,"status":422,"reason":"No actor"},{"index":2,"status":503,"reason":"Busy"}]}""");
        DeliveryResult result = await SendAsync(handler);

        Assert.Equal(
            [new EventFailure(0, FailureKind.Rejected, "No actor", 422), new EventFailure(2, FailureKind.Transient, "Busy", 503)],
            result.Failures);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, FailureKind.Rejected)]
    [InlineData(HttpStatusCode.Unauthorized, FailureKind.Misconfigured)]
    [InlineData(HttpStatusCode.NotFound, FailureKind.Misconfigured)]
    [InlineData(HttpStatusCode.MovedPermanently, FailureKind.Misconfigured)]
    [InlineData(HttpStatusCode.RequestEntityTooLarge, FailureKind.TooLarge)]
    [InlineData(HttpStatusCode.BadGateway, FailureKind.Transient)]
    public async Task Connector_tells_failures_apart_by_status(HttpStatusCode status, FailureKind expected)
    {
        using var handler = new StubHttpHandler(status, "an explanation");
        DeliveryResult result = await SendAsync(handler);

        Assert.Equal((expected, (int)status, "an explanation"), (result.Kind, result.Status, result.Response));
    }

    [Fact]
    public async Task Connector_passes_on_how_long_to_wait()
    {
        using var handler = new StubHttpHandler(HttpStatusCode.TooManyRequests, string.Empty, TimeSpan.FromSeconds(30));
        DeliveryResult result = await SendAsync(handler);

        Assert.Equal((FailureKind.Throttled, TimeSpan.FromSeconds(30)), (result.Kind, result.RetryAfter));
    }

    [Fact]
    public void Settings_schema_describes_every_key()
    {
        string schema = Encoding.UTF8.GetString(new HookFactory().SettingsSchema.Span);

        Assert.Contains("Where batches are posted to", schema, StringComparison.Ordinal);
        Assert.Contains("The collection that takes the events.", schema, StringComparison.Ordinal);
    }

    [Fact]
    public void Formatter_writes_decoded_values_and_refuses_what_it_cannot_express()
    {
        var formatter = new PipeFormatter();
        var output = new ArrayBufferWriter<byte>();
        formatter.Format(Event, output);

        Assert.Equal("e-1|SecurityEvent|alice", Encoding.UTF8.GetString(output.WrittenSpan));
        AuditEvent barred = TestEvent.Parse("""{"event_id":"e|1","event_type":"SecurityEvent"}""");
        Assert.Throws<FormatException>(() => formatter.Format(barred, new ArrayBufferWriter<byte>()));
    }

    private static async Task<DeliveryResult> SendAsync(StubHttpHandler handler)
    {
        using var http = new HttpClient(handler, disposeHandler: false);
        var settings = new HookSettings { Endpoint = new Uri("https://hook.acme.example/bulk") };
        var connector = new HookConnector(settings, http, TimeProvider.System);
        var batch = new EventBatch(new OutboundEvent[] { new(Event, "log", default) }, "the body"u8.ToArray(), "application/x-ndjson");
        return await connector.SendAsync(batch, TestContext.Current.CancellationToken);
    }
}
