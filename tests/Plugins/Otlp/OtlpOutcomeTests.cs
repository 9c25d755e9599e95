using AuditHost.Fakes;
using AuditHost.Fakes.OpenTelemetry;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Otlp.OtlpTests;

namespace AuditHost.Plugins.Tests.Otlp;

/// <summary>What the receiver's answers mean for the events.</summary>
public sealed class OtlpOutcomeTests : IDisposable
{
    private const string Delivered = ""","partial_success":"delivered" """;

    private readonly TestPluginContext _context = new();

    [Theory]
    [InlineData(400, FailureKind.Rejected)]
    [InlineData(422, FailureKind.Rejected)]
    [InlineData(401, FailureKind.Misconfigured)]
    [InlineData(402, FailureKind.Misconfigured)]
    [InlineData(403, FailureKind.Misconfigured)]
    [InlineData(404, FailureKind.Misconfigured)]
    [InlineData(405, FailureKind.Misconfigured)]
    [InlineData(415, FailureKind.Misconfigured)]
    [InlineData(307, FailureKind.Misconfigured)]
    [InlineData(501, FailureKind.Misconfigured)]
    [InlineData(413, FailureKind.TooLarge)]
    [InlineData(429, FailureKind.Throttled)]
    [InlineData(502, FailureKind.Transient)]
    [InlineData(503, FailureKind.Transient)]
    [InlineData(504, FailureKind.Transient)]
    public async Task Each_status_has_its_outcome(int status, FailureKind expected)
    {
        foreach (string encoding in new[] { "protobuf", "json" })
        {
            DeliveryResult result = await SendAsync(OtlpReply.Failure(ContentTypeOf(encoding), status, "no such luck"), $$""","encoding":"{{encoding}}" """);

            Assert.Equal((expected, status), (result.Kind, result.Status));
            Assert.Contains("no such luck", result.Response, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(408)]
    [InlineData(421)]
    [InlineData(500)]
    [InlineData(507)]
    [InlineData(530)]
    public async Task What_must_not_be_sent_again_is_kept_event_by_event(int status)
    {
        DeliveryResult result = await SendAsync(OtlpReply.Failure(OtlpReply.Protobuf, status, "no"));

        AssertAllDead(result, "retry_status");
        Assert.Equal(status, result.Status);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(408)]
    [InlineData(400)]
    public async Task A_site_can_say_that_a_status_passes_by_itself(int status)
    {
        DeliveryResult result = await SendAsync(OtlpReply.Failure(OtlpReply.Protobuf, status, "no"), ""","retry_status":[500,408,400]""");

        Assert.Equal(FailureKind.Transient, result.Kind);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_wait_is_passed_on(int status)
    {
        DeliveryResult result = await SendAsync(OtlpReply.Failure(OtlpReply.Protobuf, status, "slower").With("Retry-After", "12"));

        Assert.Equal((FailureKind.Throttled, TimeSpan.FromSeconds(12)), (result.Kind, result.RetryAfter));
    }

    [Theory]
    [MemberData(nameof(Encodings), MemberType = typeof(OtlpTests))]
    public async Task Of_a_batch_taken_in_part_no_event_is_claimed_to_be_delivered(string encoding)
    {
        await using OtlpReceiver receiver = await StartAsync();
        receiver.Rejects = record => record.Text("event.id") == "e-2";
        await using IConnector connector = Create(_context, $$""","encoding":"{{encoding}}" """, receiver.Address);

        DeliveryResult result = await connector.SendAsync(Batch(4), Cancellation);

        AssertAllDead(result, "rejected 1 of 4 records");
        Assert.Equal("some records are too old", result.Response);
        Assert.Equal(3, receiver.RecordCount);
    }

    [Theory]
    [MemberData(nameof(Encodings), MemberType = typeof(OtlpTests))]
    public async Task A_site_can_count_a_batch_taken_in_part_as_delivered(string encoding)
    {
        await using OtlpReceiver receiver = await StartAsync();
        receiver.Rejects = record => record.Text("event.id") == "e-2";
        await using IConnector connector = Create(_context, $$""","encoding":"{{encoding}}"{{Delivered}}""", receiver.Address);

        DeliveryResult result = await connector.SendAsync(Batch(4), Cancellation);

        Assert.True(result.IsDelivered);
        Assert.Equal("partial success: 1 of 4 records rejected", result.AcknowledgementId);
        Assert.Contains("rejected 1 of 4 records", Assert.Single(_context.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4")]
    [InlineData("5")]
    [InlineData("-1")]
    public async Task Records_of_which_all_were_rejected_are_not_delivered_whatever_the_settings_say(string rejected)
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(200, $$$"""{"partialSuccess":{"rejectedLogRecords":"{{{rejected}}}"}}"""), Delivered);

        AssertAllDead(result, "rejected");
    }

    [Theory]
    [InlineData("""{"partialSuccess":{"rejectedLogRecords":2,"errorMessage":"x"}}""")]
    [InlineData("""{"partialSuccess":{"rejectedLogRecords":"2"},"later":[{}]}""")]
    public async Task A_number_may_be_written_as_a_number(string answer) => AssertAllDead(await SendAsync(new FakeAnswer(200, answer)), "2 of 4");

    [Theory]
    [MemberData(nameof(Encodings), MemberType = typeof(OtlpTests))]
    public async Task A_warning_is_delivered_and_said_once(string encoding)
    {
        await using OtlpReceiver receiver = await StartAsync();
        receiver.Warning = "attribute names will change";
        await using IConnector connector = Create(_context, $$""","encoding":"{{encoding}}" """, receiver.Address);

        for (int i = 0; i < 3; i++)
            Assert.True((await connector.SendAsync(Batch(1), Cancellation)).IsDelivered);

        Assert.Contains("attribute names will change", Assert.Single(_context.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "{}", "application/json")]
    [InlineData(200, """{"partialSuccess":{}}""", "application/json; charset=utf-8")]
    [InlineData(200, """{"partialSuccess":null}""", "application/json")]
    [InlineData(200, "\n\0", "application/x-protobuf")]
    [InlineData(202, "\x12\x03" + "abc", "application/x-protobuf")]
    [InlineData(200, "", "application/x-protobuf")]
    [InlineData(201, "", "")]
    [InlineData(204, "", "")]
    public async Task Success_has_more_than_one_form(int status, string body, string contentType)
    {
        DeliveryResult result = await SendAsync(AnswerOf(status, body, contentType));

        Assert.True(result.IsDelivered, result.Reason);
    }

    [Theory]
    [InlineData(200, "<html>sign in</html>", "text/html", FailureKind.Misconfigured)]
    [InlineData(200, "ok", "text/plain", FailureKind.Misconfigured)]
    [InlineData(200, "", "text/plain", FailureKind.Misconfigured)]
    [InlineData(201, "", "text/html", FailureKind.Misconfigured)]
    [InlineData(202, "", "application/octet-stream", FailureKind.Misconfigured)]
    [InlineData(260, "", "", FailureKind.Misconfigured)]
    [InlineData(206, "{}", "application/json", FailureKind.Misconfigured)]
    [InlineData(200, "null", "application/json", FailureKind.Transient)]
    [InlineData(200, "", "application/json", FailureKind.Transient)]
    [InlineData(200, "{}{}", "application/json", FailureKind.Transient)]
    [InlineData(200, """{"partialSuccess":7}""", "application/json", FailureKind.Transient)]
    [InlineData(200, """{"partialSuccess":{"rejectedLogRecords":"many"}}""", "application/json", FailureKind.Transient)]
    [InlineData(200, "\n\x05", "application/x-protobuf", FailureKind.Transient)]
    [InlineData(200, "\n\x02\x08", "application/x-protobuf", FailureKind.Transient)]
    [InlineData(200, "\x0b", "application/x-protobuf", FailureKind.Transient)]
    public async Task Success_that_is_no_receivers_delivers_nothing(int status, string body, string contentType, FailureKind expected)
    {
        DeliveryResult result = await SendAsync(AnswerOf(status, body, contentType));

        Assert.Equal(expected, result.Kind);
        Assert.Contains("OTLP receiver", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "", FailureKind.Transient)]
    [InlineData(200, "text/plain", FailureKind.Misconfigured)]
    [InlineData(201, "text/plain", FailureKind.Misconfigured)]
    [InlineData(201, "", null)]
    [InlineData(202, "", null)]
    [InlineData(204, "", null)]
    public async Task In_json_success_without_a_body_says_so_by_its_status(int status, string contentType, FailureKind? expected)
    {
        DeliveryResult result = await SendAsync(AnswerOf(status, "", contentType), ""","encoding":"json" """);

        Assert.Equal(expected ?? 0, result.Kind);
    }

    [Theory]
    [InlineData("""{"partialSuccess":{"rejectedLogRecords":"0","errorMessage":"\ud800"}}""")]
    [InlineData("""{"\ud800-----------------":1}""")]
    public async Task Half_a_character_in_an_answer_takes_nothing_back(string answer)
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(200, answer), ""","encoding":"json" """);

        Assert.True(result.IsDelivered, result.Reason);
    }

    [Theory]
    [InlineData("protobuf")]
    [InlineData("json")]
    public async Task Probe_is_not_content_with_a_web_server(string encoding)
    {
        await using OtlpReceiver receiver = await StartAsync();
        receiver.FailNext(AnswerOf(200, "", "text/plain"));
        await using IConnector connector = Create(_context, $$""","encoding":"{{encoding}}" """, receiver.Address);

        await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.ProbeAsync(Cancellation));
    }

    [Fact]
    public async Task An_answer_beyond_all_measure_must_not_be_sent_for_again() =>
        AssertAllDead(await SendAsync(new FakeAnswer(200, $$$"""{"partialSuccess":{"errorMessage":"{{{new string('x', 1 << 20)}}}"}}""")), "1 MiB");

    public void Dispose() => _context.Dispose();

    /// <summary>An answer that has its content type without a body too.</summary>
    private static FakeAnswer AnswerOf(int status, string body, string contentType) =>
        body.Length > 0 || contentType.Length == 0 ? new FakeAnswer(status, body, contentType) : new FakeAnswer(status).With("Content-Type", contentType);

    private static void AssertAllDead(DeliveryResult result, string reason)
    {
        Assert.Equal([0, 1, 2, 3], result.Failures!.Select(failure => failure.Index));
        Assert.All(result.Failures!, failure => Assert.Equal(FailureKind.Rejected, failure.Kind));
        Assert.All(result.Failures!, failure => Assert.Contains(reason, failure.Reason, StringComparison.Ordinal));
        Assert.Null(result.RetryAfter);
    }

    private async Task<DeliveryResult> SendAsync(FakeAnswer answer, string further = "")
    {
        await using OtlpReceiver receiver = await StartAsync();
        receiver.FailNext(answer);
        await using IConnector connector = Create(_context, further, receiver.Address);
        return await connector.SendAsync(Batch(4), Cancellation);
    }
}
