using AuditHost.Fakes;
using AuditHost.Fakes.Splunk;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Splunk.SplunkTests;

namespace AuditHost.Plugins.Tests.Splunk;

/// <summary>Every code that Splunk documents, and what has no code.</summary>
public sealed class SplunkOutcomeTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Theory]
    [InlineData(403, 1, FailureKind.Misconfigured)]
    [InlineData(401, 2, FailureKind.Misconfigured)]
    [InlineData(401, 3, FailureKind.Misconfigured)]
    [InlineData(403, 4, FailureKind.Misconfigured)]
    [InlineData(400, 5, FailureKind.Rejected)]
    [InlineData(400, 6, FailureKind.Rejected)]
    [InlineData(400, 7, FailureKind.Misconfigured)]
    [InlineData(500, 8, FailureKind.Transient)]
    [InlineData(503, 9, FailureKind.Throttled)]
    [InlineData(400, 10, FailureKind.Misconfigured)]
    [InlineData(400, 11, FailureKind.Misconfigured)]
    [InlineData(400, 12, FailureKind.Rejected)]
    [InlineData(400, 13, FailureKind.Rejected)]
    [InlineData(400, 14, FailureKind.Misconfigured)]
    [InlineData(400, 15, FailureKind.Rejected)]
    [InlineData(400, 16, FailureKind.Misconfigured)]
    [InlineData(503, 18, FailureKind.Throttled)]
    [InlineData(503, 19, FailureKind.Throttled)]
    [InlineData(503, 20, FailureKind.Throttled)]
    [InlineData(400, 21, FailureKind.Misconfigured)]
    [InlineData(400, 22, FailureKind.Misconfigured)]
    [InlineData(503, 23, FailureKind.Transient)]
    [InlineData(429, 26, FailureKind.Throttled)]
    [InlineData(429, 27, FailureKind.Throttled)]
    public async Task Each_code_stands_for_a_kind_of_failure(int status, int code, FailureKind expected)
    {
        DeliveryResult result = await SendAsync(HecReply.Of(status, code, "the vendor's text"));

        Assert.Equal(expected, result.Kind);
        Assert.Equal(status, result.Status);
        Assert.Contains($"code {code}:", result.Reason, StringComparison.Ordinal);
        Assert.Contains("the vendor's text", result.Response, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(25)]
    public async Task Near_capacity_is_delivered_and_said_once(int code)
    {
        await using SplunkCollector collector = await StartAsync();
        collector.FailNext(HecReply.Of(200, code, "approaching capacity"), times: 2);
        await using IConnector connector = Create(_context, endpoints: collector.Address);

        for (int i = 0; i < 3; i++)
            Assert.True((await connector.SendAsync(Batch(1), Cancellation)).IsDelivered);

        Assert.Contains("nearly full", Assert.Single(_context.Warnings), StringComparison.Ordinal);
        Assert.Contains(_context.Entries, entry => entry.Message.Contains("room again", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(408, FailureKind.Transient)]
    [InlineData(413, FailureKind.TooLarge)]
    [InlineData(404, FailureKind.Misconfigured)]
    [InlineData(502, FailureKind.Transient)]
    [InlineData(504, FailureKind.Transient)]
    public async Task What_a_proxy_answers_has_no_code(int status, FailureKind expected)
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(status, "<html>no</html>", "text/html"));

        Assert.Equal(expected, result.Kind);
    }

    [Theory]
    [InlineData("""{"text":"hello"}""")]
    [InlineData("<html>sign in</html>")]
    [InlineData("")]
    [InlineData("""{"text":"Success","code":17}""")]
    public async Task Success_without_the_code_for_it_is_no_delivery(string body)
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(200, body));

        Assert.Equal(FailureKind.Transient, result.Kind);
    }

    [Fact]
    public async Task Events_before_the_bad_one_are_delivered_and_those_behind_it_come_again()
    {
        DeliveryResult result = await SendAsync(HecReply.Of(400, 15, "Error in handling indexed fields", invalidEvent: 1));

        Assert.Equal(
            [(1, FailureKind.Rejected), (2, FailureKind.Transient), (3, FailureKind.Transient)],
            result.Failures!.Select(failure => (failure.Index, failure.Kind)));
    }

    [Fact]
    public async Task Events_before_a_full_queue_are_delivered()
    {
        DeliveryResult result = await SendAsync(HecReply.Of(503, 9, "Server is busy", invalidEvent: 2));

        Assert.Equal([(2, FailureKind.Throttled), (3, FailureKind.Throttled)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(-1)]
    public async Task A_number_beyond_the_batch_says_nothing(int number)
    {
        DeliveryResult result = await SendAsync(HecReply.Of(400, 6, "Invalid data format", number));

        Assert.Equal(FailureKind.Rejected, result.Kind);
        Assert.Null(result.Failures);
    }

    [Fact]
    public async Task A_refused_sender_delivers_nothing_whatever_the_number_says()
    {
        DeliveryResult result = await SendAsync(HecReply.Of(403, 4, "Invalid token", invalidEvent: 2));

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Null(result.Failures);
    }

    [Fact]
    public async Task A_wait_is_passed_on()
    {
        DeliveryResult result = await SendAsync(HecReply.Of(503, 9, "Server is busy").With("Retry-After", "12"));

        Assert.Equal(TimeSpan.FromSeconds(12), result.RetryAfter);
    }

    [Fact]
    public async Task An_index_that_the_token_does_not_allow_is_a_matter_of_settings()
    {
        await using SplunkCollector collector = await StartAsync();
        collector.Indexes = new HashSet<string> { "main" };
        await using IConnector connector = Create(_context, ""","index":"other" """, collector.Address);

        DeliveryResult result = await connector.SendAsync(Batch(2), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("allowed indexes", result.Reason, StringComparison.Ordinal);
    }

    public void Dispose() => _context.Dispose();

    private async Task<DeliveryResult> SendAsync(FakeAnswer answer)
    {
        await using SplunkCollector collector = await StartAsync();
        collector.FailNext(answer);
        await using IConnector connector = Create(_context, endpoints: collector.Address);
        return await connector.SendAsync(Batch(4), Cancellation);
    }
}
