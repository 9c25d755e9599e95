using AuditHost.Fakes.Splunk;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Splunk.SplunkTests;

namespace AuditHost.Plugins.Tests.Splunk;

/// <summary>Delivered only when indexed.</summary>
public sealed class SplunkAcknowledgementTests : IDisposable
{
    private const string On = ""","acknowledgement":true,"acknowledgement_poll_seconds":0.1""";

    private readonly TestPluginContext _context = new();

    [Fact]
    public async Task A_batch_is_delivered_when_it_is_indexed()
    {
        await using SplunkCollector collector = await StartAcknowledgingAsync(polls: 2);
        await using IConnector connector = Create(_context, On, collector.Address);

        DeliveryResult first = await connector.SendAsync(Batch(2), Cancellation);
        DeliveryResult second = await connector.SendAsync(Batch(2), Cancellation);

        Assert.Empty(collector.Violations);
        Assert.True(first.IsDelivered && second.IsDelivered);
        Assert.EndsWith("/0", first.AcknowledgementId, StringComparison.Ordinal);
        Assert.EndsWith("/1", second.AcknowledgementId, StringComparison.Ordinal);
        Assert.Equal(6, collector.Requests.Count(request => request.Path == "/services/collector/ack"));
        Assert.Single(collector.Requests.Select(request => request.Header("X-Splunk-Request-Channel")).Distinct());
    }

    [Fact]
    public async Task A_batch_that_is_never_indexed_ends_with_the_deadline()
    {
        await using SplunkCollector collector = await StartAcknowledgingAsync(polls: int.MaxValue);
        await using IConnector connector = Create(_context, On, collector.Address);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        collector.InterceptNext(static _ => null);
        collector.InterceptNext(_ =>
        {
            deadline.Cancel();
            return null;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await connector.SendAsync(Batch(1), deadline.Token));
    }

    [Fact]
    public async Task A_token_without_acknowledgement_is_a_matter_of_settings()
    {
        await using SplunkCollector collector = await StartAsync();
        await using IConnector connector = Create(_context, On, collector.Address);

        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("acknowledgement: false", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_wants_acknowledgement_is_a_matter_of_settings()
    {
        await using SplunkCollector collector = await StartAcknowledgingAsync(polls: 0);
        await using IConnector connector = Create(_context, endpoints: collector.Address);

        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("acknowledgement: true", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, 4, FailureKind.Misconfigured)]
    [InlineData(400, 6, FailureKind.Transient)]
    [InlineData(413, 0, FailureKind.Transient)]
    public async Task A_poll_that_fails_says_nothing_against_the_events(int status, int code, FailureKind expected)
    {
        await using SplunkCollector collector = await StartAcknowledgingAsync(polls: 0);
        collector.InterceptNext(static _ => null);
        collector.FailNext(HecReply.Of(status, code, "no"));
        await using IConnector connector = Create(_context, On, collector.Address);

        Assert.Equal(expected, (await connector.SendAsync(Batch(1), Cancellation)).Kind);
    }

    [Theory]
    [InlineData(503, 19)]
    [InlineData(500, 8)]
    [InlineData(429, 0)]
    [InlineData(502, 0)]
    public async Task A_poll_that_fails_for_now_is_put_again_and_the_batch_is_not(int status, int code)
    {
        await using SplunkCollector collector = await StartAcknowledgingAsync(polls: 0);
        collector.InterceptNext(static _ => null);
        collector.FailNext(HecReply.Of(status, code, "no"), times: 2);
        await using IConnector connector = Create(_context, On, collector.Address);

        DeliveryResult result = await connector.SendAsync(Batch(2), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Equal(2, collector.EventCount);
        Assert.Equal(["event", "ack", "ack", "ack"], collector.Requests.Select(request => request.Path.Split('/')[^1]));
    }

    [Fact]
    public async Task Events_before_a_bad_one_are_not_acknowledged_and_come_again()
    {
        await using SplunkCollector collector = await StartAcknowledgingAsync(polls: 0);
        collector.FailNext(HecReply.Of(400, 15, "Error in handling indexed fields", invalidEvent: 1));
        await using IConnector connector = Create(_context, On, collector.Address);

        DeliveryResult result = await connector.SendAsync(Batch(3), Cancellation);

        Assert.Equal(
            [(0, FailureKind.Transient), (1, FailureKind.Rejected), (2, FailureKind.Transient)],
            result.Failures!.Select(failure => (failure.Index, failure.Kind)));
    }

    [Fact]
    public async Task The_indexer_that_took_a_batch_is_the_one_that_is_asked()
    {
        await using SplunkCollector first = await StartAcknowledgingAsync(polls: 1);
        await using SplunkCollector second = await StartAcknowledgingAsync(polls: 1);
        await using IConnector connector = Create(_context, On + ""","balancing":"round_robin" """, first.Address, second.Address);

        for (int i = 0; i < 4; i++)
            Assert.True((await connector.SendAsync(Batch(1), Cancellation)).IsDelivered);

        Assert.Equal((2, 2), (first.EventCount, second.EventCount));
        Assert.Empty(first.Violations);
        Assert.Empty(second.Violations);
    }

    public void Dispose() => _context.Dispose();

    private static async Task<SplunkCollector> StartAcknowledgingAsync(int polls)
    {
        SplunkCollector collector = await StartAsync();
        (collector.Acknowledges, collector.PollsUntilIndexed) = (true, polls);
        return collector;
    }
}
