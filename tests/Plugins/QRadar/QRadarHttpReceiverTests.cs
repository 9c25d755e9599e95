using System.Text;
using AuditHost.Connectors.QRadar;
using AuditHost.Fakes;
using AuditHost.Fakes.QRadar;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.QRadar;

public sealed class QRadarHttpReceiverTests : IDisposable
{
    private const string Lines = "LEEF:2.0|a|b|1|x|^|usrName=jürgen\nLEEF:2.0|a|b|1|y|^|usrName=eve\n";

    private readonly TestPluginContext _context = new(credential: "t0ken");

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _context.Dispose();

    [Fact]
    public async Task A_batch_is_one_request_of_lines()
    {
        await using FakeHttpReceiver receiver = await StartAsync(new FakeHttpReceiver());
        await using IConnector connector = Create(receiver.Address);

        DeliveryResult result = await connector.SendAsync(Batch(), Cancelled);

        Assert.True(result.IsDelivered);
        FakeRequest request = Assert.Single(receiver.Requests);
        Assert.Equal(("POST", "/", Lines, "text/plain; charset=utf-8"), (request.Method, request.Path, request.Text, request.Header("Content-Type")));
        Assert.Equal(["LEEF:2.0|a|b|1|x|^|usrName=jürgen", "LEEF:2.0|a|b|1|y|^|usrName=eve"], receiver.Events);
        Assert.Empty(receiver.Violations);
    }

    [Fact]
    public async Task A_line_break_in_an_event_makes_no_other_event()
    {
        await using FakeHttpReceiver receiver = await StartAsync(new FakeHttpReceiver());
        await using IConnector connector = Create(receiver.Address);

        DeliveryResult result = await connector.SendAsync(TestBatch.OfPayloads("LEEF:2.0|a|b|1|x|^|usrName=eve\r\nLEEF:2.0|a|b|1|forged|^|", string.Empty, "LEEF:2.0|a|b|1|y|^|\n"), Cancelled);

        Assert.Equal([(1, FailureKind.Rejected)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Equal(["LEEF:2.0|a|b|1|x|^|usrName=eve\\r\\nLEEF:2.0|a|b|1|forged|^|", "LEEF:2.0|a|b|1|y|^|"], receiver.Events);
    }

    [Fact]
    public async Task A_batch_of_empty_events_is_not_sent()
    {
        await using FakeHttpReceiver receiver = await StartAsync(new FakeHttpReceiver());
        await using IConnector connector = Create(receiver.Address);

        DeliveryResult result = await connector.SendAsync(TestBatch.OfPayloads(string.Empty), Cancelled);

        Assert.Equal(FailureKind.Rejected, Assert.Single(result.Failures!).Kind);
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task Another_receiver_gets_what_the_first_did_not_take()
    {
        await using FakeHttpReceiver first = await StartAsync(new FakeHttpReceiver());
        await using FakeHttpReceiver second = await StartAsync(new FakeHttpReceiver());
        first.FailNext(new FakeAnswer(503, "down"));
        await using IConnector connector = new QRadarFactory().Create(
            Encoding.UTF8.GetBytes($$"""{"mode":"http_receiver","receiver_endpoint":["{{first.Address}}","{{second.Address}}"]}"""), _context);

        Assert.Equal(FailureKind.Transient, (await connector.SendAsync(Batch(), Cancelled)).Kind);
        Assert.True((await connector.SendAsync(Batch(), Cancelled)).IsDelivered);

        Assert.Equal((0, 2), (first.Events.Count, second.Events.Count));
    }

    [Theory]
    [InlineData("Bearer t0ken", null)]
    [InlineData("Bearer other", FailureKind.Misconfigured)]
    public async Task Token_of_the_log_source_is_the_hosts(string expected, FailureKind? kind)
    {
        await using FakeHttpReceiver receiver = await StartAsync(new FakeHttpReceiver { TokenHeader = "Authorization", TokenValue = expected });
        await using IConnector connector = Create(receiver.Address);

        Assert.Equal(kind ?? 0, (await connector.SendAsync(Batch(), Cancelled)).Kind);
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(202, null)]
    [InlineData(204, null)]
    [InlineData(301, FailureKind.Misconfigured)]
    [InlineData(400, FailureKind.Rejected)]
    [InlineData(401, FailureKind.Misconfigured)]
    [InlineData(403, FailureKind.Misconfigured)]
    [InlineData(404, FailureKind.Misconfigured)]
    [InlineData(405, FailureKind.Misconfigured)]
    [InlineData(413, FailureKind.TooLarge)]
    [InlineData(429, FailureKind.Throttled)]
    [InlineData(500, FailureKind.Transient)]
    [InlineData(503, FailureKind.Transient)]
    public async Task Each_answer_has_its_meaning(int status, FailureKind? expected)
    {
        await using FakeHttpReceiver receiver = await StartAsync(new FakeHttpReceiver());
        await using IConnector connector = Create(receiver.Address);
        receiver.FailNext(new FakeAnswer(status));

        DeliveryResult result = await connector.SendAsync(Batch(), Cancelled);

        Assert.Equal((expected ?? 0, status), (result.Kind, result.Status));
    }

    [Fact]
    public async Task Probe_leaves_no_event()
    {
        await using FakeHttpReceiver receiver = await StartAsync(new FakeHttpReceiver());
        await using IConnector connector = Create(receiver.Address);

        await connector.ProbeAsync(Cancelled);

        Assert.Empty(receiver.Events);
    }

    [Fact]
    public async Task The_fake_notes_what_a_log_source_would_spoil()
    {
        await using FakeHttpReceiver receiver = await StartAsync(new FakeHttpReceiver { MaxPayloadBytes = 10, MaxRequestBytes = 100 });
        using var client = new HttpClient();

        Assert.Equal(200, (int)(await client.PostAsync(receiver.Address, new StringContent("12345678901\nok"), Cancelled)).StatusCode);
        Assert.Equal(413, (int)(await client.PostAsync(receiver.Address, new StringContent(new string('x', 101)), Cancelled)).StatusCode);
        Assert.Equal(405, (int)(await client.GetAsync(receiver.Address, Cancelled)).StatusCode);

        Assert.Equal(2, receiver.EventCount);
        Assert.Equal(2, receiver.Violations.Count);
    }

    private static EventBatch Batch() => new(
        Lines.TrimEnd('\n').Split('\n')
            .Select((line, index) => new OutboundEvent(TestEvent.Parse("""{"event_id":"e"}""", (ulong)index + 1), "log", Encoding.UTF8.GetBytes(line)))
            .ToArray(),
        default,
        "text/plain; charset=utf-8");

    private static async Task<FakeHttpReceiver> StartAsync(FakeHttpReceiver receiver)
    {
        await receiver.StartAsync(Cancelled);
        return receiver;
    }

    private IConnector Create(Uri endpoint) =>
        new QRadarFactory().Create(Encoding.UTF8.GetBytes($$"""{"mode":"http_receiver","receiver_endpoint":"{{endpoint}}"}"""), _context);
}
