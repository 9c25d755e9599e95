using AuditHost.Fakes;
using AuditHost.Fakes.Logstash;
using AuditHost.Plugins.Tests.Fluentd;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Logstash;

public sealed class LogstashHttpTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _context.Dispose();

    [Theory]
    [InlineData("", "gzip", 200)]
    [InlineData(""","compression":"none" """, "", 201)]
    [InlineData(""","mode":"http" """, "gzip", 202)]
    [InlineData("", "gzip", 204)]
    public async Task A_batch_is_an_array_of_its_events(string further, string encoding, int responseCode)
    {
        await using LogstashHttpInput input = await StartAsync(new LogstashHttpInput { ResponseCode = responseCode });
        await using IConnector connector = LogstashTest.Create(_context, new Uri(input.Address, "/audit"), further);

        DeliveryResult result = await connector.SendAsync(FluentdTest.Batch(3), Cancelled);

        Assert.True(result.IsDelivered);
        FakeRequest request = Assert.Single(input.Requests);
        Assert.Equal(("POST", "/audit", "application/json", encoding), (request.Method, request.Path, request.Header("Content-Type"), request.Header("Content-Encoding")));
        Assert.Equal(["e-1", "e-2", "e-3"], input.Intake.Events.Select(one => one.GetProperty("event_id").GetString()));
        Assert.Empty(input.Violations);
    }

    [Fact]
    public async Task The_bytes_of_the_body_are_known()
    {
        await using LogstashHttpInput input = await StartAsync(new LogstashHttpInput());
        await using IConnector connector = LogstashTest.Create(_context, input.Address, ""","beat":"corp","compression":"none" """);
        AuditEvent one = TestEvent.Parse("""{"event_id":"e","timestamp":"2026-11-23T20:00:00Z"}""");
        var batch = new EventBatch(
            new OutboundEvent[] { new(one, "log", """{"id":"e-1"}"""u8.ToArray()), new(one, "log", """{"id":"e-2"}"""u8.ToArray()) }, default, "application/json");

        await connector.SendAsync(batch, Cancelled);

        const string Front = """{"@timestamp":"2026-11-23T20:00:00.0000000Z","@metadata":{"beat":"corp","version":"1.0"},""";
        Assert.Equal($$"""[{{Front}}"id":"e-1"},{{Front}}"id":"e-2"}]""", input.Requests[0].Text);
    }

    [Fact]
    public async Task Credentials_are_the_hosts()
    {
        await using LogstashHttpInput input = await StartAsync(new LogstashHttpInput { User = "relay", Password = "right" });
        _context.Http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String("relay:right"u8));
        await using IConnector connector = LogstashTest.Create(_context, input.Address);
        using var stranger = new TestPluginContext();
        await using IConnector wrong = LogstashTest.Create(stranger, input.Address);

        Assert.True((await connector.SendAsync(FluentdTest.Batch(1), Cancelled)).IsDelivered);
        DeliveryResult refused = await wrong.SendAsync(FluentdTest.Batch(1), Cancelled);

        Assert.Equal((FailureKind.Misconfigured, 401), (refused.Kind, refused.Status));
        Assert.Equal(1, input.Intake.Count);
    }

    [Theory]
    [InlineData(200, "ok", null)]
    [InlineData(201, "ok", null)]
    [InlineData(202, "ok", null)]
    [InlineData(204, "", null)]
    [InlineData(200, "", FailureKind.Transient)]
    [InlineData(200, "o", FailureKind.Transient)]
    [InlineData(200, "okay", FailureKind.Misconfigured)]
    [InlineData(200, "<html>sign in</html>", FailureKind.Misconfigured)]
    [InlineData(203, "ok", FailureKind.Misconfigured)]
    [InlineData(206, "ok", FailureKind.Misconfigured)]
    [InlineData(301, "", FailureKind.Misconfigured)]
    [InlineData(307, "", FailureKind.Misconfigured)]
    [InlineData(400, "", FailureKind.Rejected)]
    [InlineData(401, "", FailureKind.Misconfigured)]
    [InlineData(403, "", FailureKind.Misconfigured)]
    [InlineData(404, "", FailureKind.Misconfigured)]
    [InlineData(408, "", FailureKind.Transient)]
    [InlineData(413, "", FailureKind.TooLarge)]
    [InlineData(415, "", FailureKind.Misconfigured)]
    [InlineData(429, "", FailureKind.Throttled)]
    [InlineData(500, "", FailureKind.Transient)]
    [InlineData(502, "", FailureKind.Transient)]
    [InlineData(503, "", FailureKind.Transient)]
    [InlineData(504, "", FailureKind.Transient)]
    public async Task Each_answer_has_its_meaning(int status, string body, FailureKind? expected)
    {
        await using LogstashHttpInput input = await StartAsync(new LogstashHttpInput());
        await using IConnector connector = LogstashTest.Create(_context, input.Address);
        input.FailNext(new FakeAnswer(status, body, "text/plain"));

        DeliveryResult result = await connector.SendAsync(FluentdTest.Batch(2), Cancelled);

        Assert.Equal((expected ?? 0, status), (result.Kind, result.Status));
    }

    [Fact]
    public async Task An_input_above_its_limit_says_so()
    {
        await using LogstashHttpInput input = await StartAsync(new LogstashHttpInput { MaxContentLength = 500 });
        await using IConnector connector = LogstashTest.Create(_context, input.Address, ""","compression":"none" """);

        Assert.Equal(FailureKind.TooLarge, (await connector.SendAsync(FluentdTest.Batch(10), Cancelled)).Kind);
        Assert.True((await connector.SendAsync(FluentdTest.Batch(1), Cancelled)).IsDelivered);
    }

    [Fact]
    public async Task An_empty_event_dies_alone()
    {
        await using LogstashHttpInput input = await StartAsync(new LogstashHttpInput());
        await using IConnector connector = LogstashTest.Create(_context, input.Address);
        AuditEvent one = TestEvent.Parse(FluentdTest.Event(1));
        var batch = new EventBatch(new OutboundEvent[] { new(one, "log", default), new(one, "log", one.Json) }, default, "application/json");
        var empty = new EventBatch(new OutboundEvent[] { new(one, "log", default) }, default, "application/json");

        DeliveryResult result = await connector.SendAsync(batch, Cancelled);
        DeliveryResult nothing = await connector.SendAsync(empty, Cancelled);

        Assert.Equal([(0, FailureKind.Rejected)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Equal([(0, FailureKind.Rejected)], nothing.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Equal((1, 1), (input.RequestCount, input.Intake.Count));
        Assert.Empty(input.Violations);
    }

    [Fact]
    public async Task A_busy_input_is_passed_over()
    {
        await using LogstashHttpInput first = await StartAsync(new LogstashHttpInput());
        await using LogstashHttpInput second = await StartAsync(new LogstashHttpInput());
        await using IConnector connector = LogstashTest.Create(_context, $"""["{first.Address}","{second.Address}"]""");
        first.FailNext(new FakeAnswer(429));

        Assert.Equal(FailureKind.Throttled, (await connector.SendAsync(FluentdTest.Batch(1), Cancelled)).Kind);
        Assert.True((await connector.SendAsync(FluentdTest.Batch(1), Cancelled)).IsDelivered);
        Assert.Equal((0, 1), (first.Intake.Count, second.Intake.Count));
    }

    [Fact]
    public async Task Probe_makes_no_request_since_the_input_would_make_an_event_of_it()
    {
        Uri address;
        await using (LogstashHttpInput input = await StartAsync(new LogstashHttpInput()))
        {
            address = input.Address;
            await using IConnector connector = LogstashTest.Create(_context, address);
            await connector.ProbeAsync(Cancelled);
            Assert.Equal(0, input.RequestCount);
        }

        await using IConnector lost = LogstashTest.Create(_context, address);
        await Assert.ThrowsAsync<IOException>(async () => await lost.ProbeAsync(Cancelled));
    }

    private static async Task<LogstashHttpInput> StartAsync(LogstashHttpInput input)
    {
        await input.StartAsync(Cancelled);
        return input;
    }
}
