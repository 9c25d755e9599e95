using System.Text;
using AuditHost.Connectors.Gelf;
using AuditHost.Fakes;
using AuditHost.Fakes.Graylog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Gelf;

public sealed class GelfHttpTests : IDisposable
{
    private readonly TestPluginContext _context = new(credential: "t0ken");

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _context.Dispose();

    [Theory]
    [InlineData("", "")]
    [InlineData(""","compression":"gzip" """, "gzip")]
    public async Task Each_event_is_a_request_of_its_own_in_order(string further, string encoding)
    {
        await using GelfHttpInput input = await StartAsync(new GelfHttpInput());
        await using IConnector connector = GelfTests.Create(_context, input.Address, further);
        EventBatch batch = GelfTests.Batch(3);

        DeliveryResult result = await connector.SendAsync(batch, Cancelled);

        Assert.True(result.IsDelivered);
        Assert.Equal(["e-1", "e-2", "e-3"], input.Intake.Messages.Select(message => message["_event_id"]));
        Assert.All(Enumerable.Range(0, 3), index =>
        {
            FakeRequest request = input.Requests[index];
            Assert.Equal(("POST", "/gelf", "application/json", encoding), (request.Method, request.Path, request.Header("Content-Type"), request.Header("Content-Encoding")));
            Assert.Equal(batch[index].Payload.ToArray(), request.Body.ToArray());
            Assert.Equal(string.Empty, request.Header("Connection"));
        });
        AssertNothingBroken(input);
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","compression":"gzip" """)]
    public async Task Bulk_is_one_request_of_lines_on_a_connection_of_its_own(string further)
    {
        await using GelfHttpInput input = await StartAsync(new GelfHttpInput { Bulk = true });
        await using IConnector connector = GelfTests.Create(_context, input.Address, ""","bulk":true""" + further);

        for (int round = 0; round < 3; round++)
            Assert.True((await connector.SendAsync(GelfTests.Batch(4), Cancelled)).IsDelivered);

        Assert.Equal(3, input.RequestCount);
        Assert.Equal(12, input.Intake.Count);
        Assert.Equal(GelfTests.Batch(4).Body.ToArray(), input.Requests[0].Body.ToArray());
        Assert.All(input.Requests, request => Assert.Equal("close", request.Header("Connection")));
        AssertNothingBroken(input);
    }

    [Fact]
    public async Task Bulk_puts_a_message_of_several_lines_on_one()
    {
        await using GelfHttpInput input = await StartAsync(new GelfHttpInput { Bulk = true });
        await using IConnector connector = GelfTests.Create(_context, input.Address, ""","bulk":true""");

        DeliveryResult result = await connector.SendAsync(
            TestBatch.OfPayloads("{\n  \"version\": \"1.1\",\r\n  \"host\": \"a  b\",\n  \"short_message\": \"one\"\n}", """{"version":"1.1","host":"h","short_message":"two"}"""), Cancelled);

        Assert.True(result.IsDelivered);
        Assert.Equal(["one", "two"], input.Intake.Messages.Select(message => message["short_message"]));
        Assert.Equal("a  b", input.Intake.Messages[0]["host"]);
        AssertNothingBroken(input);
    }

    [Fact]
    public async Task Another_input_gets_what_the_first_did_not_take()
    {
        await using GelfHttpInput first = await StartAsync(new GelfHttpInput { Bulk = true });
        await using GelfHttpInput second = await StartAsync(new GelfHttpInput { Bulk = true });
        first.FailNext(new FakeAnswer(503, "down"));
        await using IConnector connector = new GelfFactory().Create(
            Encoding.UTF8.GetBytes($$"""{"endpoint":["{{first.Address}}","{{second.Address}}"],"bulk":true}"""), _context);

        Assert.Equal(FailureKind.Transient, (await connector.SendAsync(GelfTests.Batch(2), Cancelled)).Kind);
        Assert.True((await connector.SendAsync(GelfTests.Batch(2), Cancelled)).IsDelivered);

        Assert.Equal((0, 2), (first.Intake.Count, second.Intake.Count));
        AssertNothingBroken(second);
    }

    [Fact]
    public async Task Authorization_of_the_input_is_the_hosts()
    {
        await using GelfHttpInput input = await StartAsync(new GelfHttpInput { AuthorizationHeader = "Authorization", AuthorizationValue = "Bearer t0ken" });
        await using GelfHttpInput stranger = await StartAsync(new GelfHttpInput { AuthorizationHeader = "Authorization", AuthorizationValue = "Bearer other" });
        await using IConnector connector = GelfTests.Create(_context, input.Address);
        await using IConnector wrong = GelfTests.Create(_context, stranger.Address);

        Assert.True((await connector.SendAsync(GelfTests.Batch(1), Cancelled)).IsDelivered);
        await connector.ProbeAsync(Cancelled);
        DeliveryResult refused = await wrong.SendAsync(GelfTests.Batch(3), Cancelled);

        Assert.Equal((FailureKind.Misconfigured, 401), (refused.Kind, refused.Status));
        Assert.Equal(1, stranger.RequestCount);
        await Assert.ThrowsAsync<HttpRequestException>(async () => await wrong.ProbeAsync(Cancelled));
    }

    [Theory]
    [InlineData(202, null)]
    [InlineData(200, FailureKind.Misconfigured)]
    [InlineData(201, FailureKind.Misconfigured)]
    [InlineData(204, FailureKind.Misconfigured)]
    [InlineData(301, FailureKind.Misconfigured)]
    [InlineData(400, FailureKind.Rejected)]
    [InlineData(401, FailureKind.Misconfigured)]
    [InlineData(403, FailureKind.Misconfigured)]
    [InlineData(404, FailureKind.Misconfigured)]
    [InlineData(405, FailureKind.Misconfigured)]
    [InlineData(408, FailureKind.Transient)]
    [InlineData(413, FailureKind.TooLarge)]
    [InlineData(415, FailureKind.Misconfigured)]
    [InlineData(429, FailureKind.Throttled)]
    [InlineData(500, FailureKind.Transient)]
    [InlineData(502, FailureKind.Transient)]
    [InlineData(503, FailureKind.Transient)]
    [InlineData(504, FailureKind.Transient)]
    public async Task Each_answer_has_its_meaning(int status, FailureKind? expected)
    {
        await using GelfHttpInput input = await StartAsync(new GelfHttpInput { Bulk = true });
        await using IConnector connector = GelfTests.Create(_context, input.Address, ""","bulk":true""");
        string said = status == 204 ? string.Empty : "said so";
        input.FailNext(new FakeAnswer(status, said, "text/plain"));

        DeliveryResult result = await connector.SendAsync(GelfTests.Batch(2), Cancelled);

        Assert.Equal((expected ?? 0, status), (result.Kind, result.Status));
        Assert.Equal(expected is null || said.Length == 0 ? null : said, result.Response);
    }

    [Fact]
    public async Task Input_that_asks_for_patience_gets_it()
    {
        await using GelfHttpInput input = await StartAsync(new GelfHttpInput());
        await using IConnector connector = GelfTests.Create(_context, input.Address);
        input.FailNext(new FakeAnswer(503).With("Retry-After", "7"));

        DeliveryResult result = await connector.SendAsync(GelfTests.Batch(2), Cancelled);

        Assert.Equal((FailureKind.Throttled, TimeSpan.FromSeconds(7)), (result.Kind, result.RetryAfter));
    }

    [Fact]
    public async Task Message_that_is_too_long_for_the_input_fails_alone()
    {
        await using GelfHttpInput input = await StartAsync(new GelfHttpInput { MaxBytes = 700 });
        await using IConnector connector = GelfTests.Create(_context, input.Address);
        input.InterceptNext(_ => null);
        input.InterceptNext(_ => new FakeAnswer(413));

        DeliveryResult result = await connector.SendAsync(GelfTests.Batch(3), Cancelled);
        DeliveryResult single = await connector.SendAsync(GelfTests.Padded(new string('p', 1000)), Cancelled);

        Assert.Equal([(1, FailureKind.TooLarge)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Equal(["e-1", "e-3"], input.Intake.Messages.Select(message => message["_event_id"]));
        Assert.Equal([FailureKind.TooLarge], single.Failures!.Select(failure => failure.Kind));
    }

    [Theory]
    [InlineData(405, true)]
    [InlineData(200, true)]
    [InlineData(301, false)]
    [InlineData(401, false)]
    [InlineData(403, false)]
    [InlineData(404, false)]
    [InlineData(502, false)]
    [InlineData(503, false)]
    public async Task Probe_asks_with_get_and_leaves_no_message(int status, bool reached)
    {
        await using GelfHttpInput input = await StartAsync(new GelfHttpInput());
        await using IConnector connector = GelfTests.Create(_context, input.Address);
        input.FailNext(new FakeAnswer(status));

        if (reached)
            await connector.ProbeAsync(Cancelled);
        else
            Assert.Equal(status, (int)(await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.ProbeAsync(Cancelled))).StatusCode!);

        Assert.Equal("GET", Assert.Single(input.Requests).Method);
        Assert.Empty(input.Intake.Messages);
    }

    private static void AssertNothingBroken(GelfHttpInput input)
    {
        Assert.Empty(input.Violations);
        Assert.Empty(input.Intake.Violations);
    }

    private static async Task<GelfHttpInput> StartAsync(GelfHttpInput input)
    {
        await input.StartAsync(Cancelled);
        return input;
    }
}
