using System.Net;
using System.Net.Sockets;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Tests.Webhook;

public sealed class SingleModeTests : IDisposable
{
    private const string Single = ""","mode":"single" """;

    private readonly TestPluginContext _context = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_event_is_a_request_of_its_own_in_order_with_its_own_key()
    {
        await using Receiver receiver = await Receiver.AnsweringAsync(200);
        await using IConnector connector = WebhookTests.Create(_context, receiver.Address, Single);

        DeliveryResult result = await connector.SendAsync(WebhookTests.Batch(3), Cancellation);

        Assert.True(result.IsDelivered);
        Assert.Equal(["{\"n\":1}", "{\"n\":2}", "{\"n\":3}"], receiver.Requests.Select(request => request.Body));
        Assert.Equal(["log-1", "log-2", "log-3"], receiver.Requests.Select(request => request.Headers["Idempotency-Key"]));
    }

    [Fact]
    public async Task Each_event_has_its_own_acknowledgement()
    {
        await using Receiver receiver = await Receiver.StartAsync((context, number) =>
        {
            context.Response.Headers["X-Id"] = $"r-{number}";
            return Task.CompletedTask;
        });
        await using IConnector connector = WebhookTests.Create(_context, receiver.Address, Single + ""","acknowledgement_header":"X-Id" """);

        Assert.Equal(["r-0", "r-1"], (await connector.SendAsync(WebhookTests.Batch(2), Cancellation)).AcknowledgementIds);
    }

    [Fact]
    public async Task A_refused_event_fails_alone_and_the_others_go_on()
    {
        await using Receiver receiver = await Receiver.AnsweringAsync(422, 200, 413, 200);
        await using IConnector connector = WebhookTests.Create(_context, receiver.Address, Single);

        DeliveryResult result = await connector.SendAsync(WebhookTests.Batch(4), Cancellation);

        Assert.Equal(4, receiver.Requests.Count);
        Assert.Equal(
            [new EventFailure(0, FailureKind.Rejected, "HTTP 422", 422), new EventFailure(2, FailureKind.TooLarge, "HTTP 413", 413)],
            result.Failures);
    }

    [Theory]
    [InlineData(500, FailureKind.Transient)]
    [InlineData(429, FailureKind.Throttled)]
    [InlineData(401, FailureKind.Misconfigured)]
    public async Task A_failure_of_the_destination_stops_the_batch_and_fails_the_rest_alike(int status, FailureKind kind)
    {
        await using Receiver receiver = await Receiver.AnsweringAsync(200, status);
        await using IConnector connector = WebhookTests.Create(_context, receiver.Address, Single);

        DeliveryResult result = await connector.SendAsync(WebhookTests.Batch(4), Cancellation);

        Assert.Equal(2, receiver.Requests.Count);
        Assert.Equal([(1, kind), (2, kind), (3, kind)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
    }

    [Fact]
    public async Task A_failure_of_the_destination_at_the_first_event_fails_the_whole_batch()
    {
        await using Receiver receiver = await Receiver.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = "7";
            return Task.CompletedTask;
        });
        await using IConnector connector = WebhookTests.Create(_context, receiver.Address, Single);

        DeliveryResult result = await connector.SendAsync(WebhookTests.Batch(3), Cancellation);

        Assert.Single(receiver.Requests);
        Assert.Equal(FailureKind.Throttled, result.Kind);
        Assert.Equal(TimeSpan.FromSeconds(7), result.RetryAfter);
    }

    [Fact]
    public async Task A_connection_that_breaks_midway_does_not_bring_the_delivered_events_again()
    {
        await using Receiver receiver = await Receiver.StartAsync((context, number) =>
        {
            if (number == 1)
                context.Abort();
            return Task.CompletedTask;
        });
        await using IConnector connector = WebhookTests.Create(_context, receiver.Address, Single);

        DeliveryResult result = await connector.SendAsync(WebhookTests.Batch(3), Cancellation);

        Assert.Equal([(1, FailureKind.Transient), (2, FailureKind.Transient)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
    }

    [Fact]
    public async Task A_destination_that_is_away_throws_at_the_first_event()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)closed.LocalEndpoint).Port}/");
        closed.Stop();
        await using IConnector connector = WebhookTests.Create(_context, address, Single);

        await Assert.ThrowsAsync<HttpRequestException>(() => connector.SendAsync(WebhookTests.Batch(3), Cancellation).AsTask());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_deadline_keeps_what_was_delivered_before_it(int deliveredBefore)
    {
        using var cancellation = new CancellationTokenSource();
        await using Receiver receiver = await Receiver.StartAsync(async (context, number) =>
        {
            if (number != deliveredBefore)
                return;
            await cancellation.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using IConnector connector = WebhookTests.Create(_context, receiver.Address, Single);
        Task<DeliveryResult> sending = connector.SendAsync(WebhookTests.Batch(3), cancellation.Token).AsTask();

        if (deliveredBefore == 0)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        else
            Assert.Equal([1, 2], (await sending).Failures!.Select(failure => failure.Index));
    }

    public void Dispose() => _context.Dispose();
}
