using System.Text;
using AuditHost.Fakes;
using AuditHost.Fakes.NewRelic;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.NewRelic.NewRelicTests;

namespace AuditHost.Plugins.Tests.NewRelic;

/// <summary>Every status that New Relic documents, by each API, and what answers without being New Relic.</summary>
public sealed class NewRelicOutcomeTests : IDisposable
{
    private const string Html = "<html>sign in</html>";

    private static readonly string[] Kinds = ["logs", "events", "traces", "metrics"];

    private static readonly (int Status, FailureKind Kind)[] Statuses =
    [
        (400, FailureKind.Rejected),
        (401, FailureKind.Misconfigured),
        (403, FailureKind.Misconfigured),
        (404, FailureKind.Misconfigured),
        (405, FailureKind.Misconfigured),
        (408, FailureKind.Transient),
        (411, FailureKind.Misconfigured),
        (413, FailureKind.TooLarge),
        (414, FailureKind.Misconfigured),
        (415, FailureKind.Misconfigured),
        (429, FailureKind.Throttled),
        (431, FailureKind.Misconfigured),
        (500, FailureKind.Transient),
        (502, FailureKind.Transient),
        (503, FailureKind.Transient),
        (504, FailureKind.Transient),
        (530, FailureKind.Transient),
        (302, FailureKind.Misconfigured),
    ];

    private readonly TestPluginContext _context = Context();

    public static TheoryData<string, int, FailureKind> Answers()
    {
        var rows = new TheoryData<string, int, FailureKind>();
        foreach (string kind in Kinds)
        {
            foreach ((int status, FailureKind failure) in Statuses)
                rows.Add(kind, status, failure);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Each_status_stands_for_a_kind_of_failure(string kind, int status, FailureKind expected)
    {
        DeliveryResult result = await SendAsync(kind, NewRelicReply.Failure(status, "its words"));

        Assert.Equal(expected, result.Kind);
        Assert.Equal(status, result.Status);
        Assert.Contains($"HTTP {status}", result.Reason, StringComparison.Ordinal);
        Assert.Contains(kind, result.Reason, StringComparison.Ordinal);
        Assert.Contains("its words", result.Response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_key_is_a_matter_of_key_and_region()
    {
        DeliveryResult result = await SendAsync("logs", NewRelicReply.Failure(403));

        Assert.Contains("Check license_key", result.Reason, StringComparison.Ordinal);
        Assert.Contains("region", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("logs")]
    [InlineData("traces")]
    public async Task A_wait_is_passed_on(string kind)
    {
        DeliveryResult result = await SendAsync(kind, NewRelicReply.RateLimited(29));

        Assert.Equal((FailureKind.Throttled, TimeSpan.FromSeconds(29)), (result.Kind, result.RetryAfter));
    }

    [Theory]
    [InlineData("logs", 202, "")]
    [InlineData("logs", 202, "{}")]
    [InlineData("logs", 202, """{"requestId":""}""")]
    [InlineData("logs", 202, """{"requestId":17}""")]
    [InlineData("logs", 202, """{"requestId":"a""")]
    [InlineData("logs", 200, Html)]
    [InlineData("logs", 204, "")]
    [InlineData("metrics", 202, """["requestId"]""")]
    [InlineData("metrics", 200, Html)]
    [InlineData("events", 200, """{"success":true}""")]
    [InlineData("events", 200, """{"success":false,"uuid":"a"}""")]
    [InlineData("events", 200, """{"uuid":"a"}""")]
    [InlineData("events", 202, """{"requestId":"a"}""")]
    [InlineData("events", 200, Html)]
    [InlineData("traces", 200, Html)]
    public async Task Success_without_the_id_of_a_request_is_no_delivery(string kind, int status, string body)
    {
        DeliveryResult result = await SendAsync(kind, new FakeAnswer(status, body));

        Assert.Equal(FailureKind.Transient, result.Kind);
        Assert.Equal(status, result.Status);
        Assert.Contains("Is this New Relic?", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_receipt_has_the_requests_ids_by_which_new_relic_tells_what_it_dropped()
    {
        await using NewRelicServer server = await StartAsync();
        server.InterceptNext(_ => NewRelicReply.Taken("f0e7bfff-log"));
        server.InterceptNext(_ => NewRelicReply.TakenEvents("f0e7bfff-event"));
        server.InterceptNext(_ => NewRelicReply.TakenSpans());
        server.InterceptNext(_ => NewRelicReply.Taken("f0e7bfff-metric"));
        await using IConnector connector = Create(_context, server.Address, "logs events traces metrics");

        DeliveryResult result = await connector.SendAsync(Batch(2), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Equal("logs f0e7bfff-log, events f0e7bfff-event, metrics f0e7bfff-metric", result.AcknowledgementId);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0x0A, 0x00 })]
    [InlineData(new byte[] { 0x0A, 0x04, 0x12, 0x02, 0x68, 0x69 })]
    [InlineData(new byte[] { 0x0A, 0x02, 0x08, 0x00 })]
    public async Task Spans_are_taken_where_none_is_rejected(byte[] body)
    {
        DeliveryResult result = await SendAsync("traces", new FakeAnswer(200, body, "application/x-protobuf"));

        Assert.True(result.IsDelivered, result.Reason);
    }

    [Fact]
    public async Task Spans_that_a_collector_rejected_are_not_sent_again()
    {
        DeliveryResult result = await SendAsync("traces", new FakeAnswer(200, new byte[] { 0x0A, 0x02, 0x08, 0x02 }, "application/x-protobuf"));

        Assert.Equal([(0, FailureKind.Rejected), (1, FailureKind.Rejected), (2, FailureKind.Rejected)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Contains("2 spans of its batch were rejected", result.Failures![0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_without_a_span_are_not_rejected_with_those_that_have_one()
    {
        await using NewRelicServer server = await StartAsync();
        server.InterceptNext(_ => null);
        server.FailNext(new FakeAnswer(200, new byte[] { 0x0A, 0x02, 0x08, 0x01 }, "application/x-protobuf"));
        await using IConnector connector = Create(_context, server.Address, "logs traces metrics");

        DeliveryResult result = await connector.SendAsync(BatchOf([SecurityEvent(1, "2026-11-23T12:00:00Z"), SecurityEvent(2)]), Cancellation);

        EventFailure failure = Assert.Single(result.Failures!);
        Assert.Equal((1, FailureKind.Rejected), (failure.Index, failure.Kind));
        Assert.Equal(["/log/v1", "/v1/traces", "/metric/v1"], server.Requests.Select(request => request.Path));
        Assert.Equal(1, server.Points.Single(point => point.Name == "copybook.audit.events").Value.GetInt32());
    }

    [Theory]
    [InlineData(new byte[] { 0x0A })]
    [InlineData(new byte[] { 0x0A, 0x05, 0x08, 0x02 })]
    [InlineData(new byte[] { 0x0A, 0x02, 0x08, 0x80 })]
    [InlineData(new byte[] { 0x0D, 0x00, 0x00, 0x00, 0x00 })]
    [InlineData(new byte[] { 0x12, 0x00 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    public async Task A_broken_answer_to_spans_is_no_delivery(byte[] body)
    {
        DeliveryResult result = await SendAsync("traces", new FakeAnswer(200, body, "application/x-protobuf"));

        Assert.Equal(FailureKind.Transient, result.Kind);
    }

    [Fact]
    public async Task A_key_of_another_account_burns_no_event()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = new Connectors.NewRelic.NewRelicFactory().Create(
            Encoding.UTF8.GetBytes($$"""{"license_key":"another","endpoint":"{{server.Address}}"}"""), _context);

        DeliveryResult result = await connector.SendAsync(Batch(3), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Equal(["an unknown license key"], server.Violations);
    }

    [Fact]
    public async Task Too_many_requests_wait_for_as_long_as_new_relic_says()
    {
        await using NewRelicServer server = await StartAsync();
        server.RequestsLeft = 1;
        await using IConnector connector = Create(_context, server.Address, "logs metrics");

        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal((FailureKind.Throttled, TimeSpan.FromSeconds(17)), (result.Kind, result.RetryAfter));
        Assert.Single(server.Logs);
    }

    public void Dispose() => _context.Dispose();

    private async Task<DeliveryResult> SendAsync(string kind, FakeAnswer answer)
    {
        await using NewRelicServer server = await StartAsync();
        server.FailNext(answer);
        await using IConnector connector = Create(_context, server.Address, kind);
        return await connector.SendAsync(Batch(3), Cancellation);
    }
}
