using System.Text;
using AuditHost.Connectors.Webhook;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using Microsoft.AspNetCore.Http;

namespace AuditHost.Tests.Webhook;

public sealed class BatchModeTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_goes_out_as_one_request_with_the_formats_media_type()
    {
        await using Receiver receiver = await Receiver.AnsweringAsync(200);
        await using IConnector connector = WebhookTests.Create(_context, new Uri(receiver.Address, "/in?key=1"), ""","headers":{"X-Source":"audit host"}""");

        DeliveryResult result = await connector.SendAsync(WebhookTests.Batch(3), Cancellation);

        Assert.True(result.IsDelivered);
        Assert.Equal(200, result.Status);
        ReceivedRequest request = Assert.Single(receiver.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal("/in?key=1", request.Target);
        Assert.Equal("{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n", request.Body);
        Assert.Equal("application/x-ndjson", request.Headers["Content-Type"]);
        Assert.Equal("24", request.Headers["Content-Length"]);
        Assert.Equal("audit host", request.Headers["X-Source"]);
        Assert.Equal("log-1..3", request.Headers["Idempotency-Key"]);
    }

    [Fact]
    public async Task The_key_is_the_same_on_each_attempt_and_another_for_a_part()
    {
        await using Receiver receiver = await Receiver.AnsweringAsync(200);
        await using IConnector connector = WebhookTests.Create(_context, receiver.Address, ""","idempotency_header":"webhook-id" """);

        foreach (int count in (int[])[2, 2, 1])
            await connector.SendAsync(WebhookTests.Batch(count), Cancellation);

        Assert.Equal(["log-1..2", "log-1..2", "log-1"], receiver.Requests.Select(request => request.Headers["webhook-id"]));
    }

    [Fact]
    public async Task Another_endpoint_gets_what_the_first_did_not_take()
    {
        await using Receiver first = await Receiver.AnsweringAsync(503);
        await using Receiver second = await Receiver.AnsweringAsync(200);
        await using IConnector connector = new WebhookFactory().Create(
            Encoding.UTF8.GetBytes($$"""{"endpoint":["{{first.Address}}","{{second.Address}}"]}"""), _context);

        Assert.Equal(FailureKind.Transient, (await connector.SendAsync(WebhookTests.Batch(2), Cancellation)).Kind);
        Assert.True((await connector.SendAsync(WebhookTests.Batch(2), Cancellation)).IsDelivered);

        Assert.Equal(Assert.Single(first.Requests).Body, Assert.Single(second.Requests).Body);
    }

    [Fact]
    public async Task An_empty_name_leaves_the_key_out()
    {
        await using Receiver receiver = await Receiver.AnsweringAsync(200);
        await using IConnector connector = WebhookTests.Create(_context, receiver.Address, ""","idempotency_header":"" """);

        await connector.SendAsync(WebhookTests.Batch(1), Cancellation);

        Assert.DoesNotContain("Idempotency-Key", Assert.Single(receiver.Requests).Headers.Keys);
    }

    [Theory]
    [InlineData("put", "PUT")]
    [InlineData("PATCH", "PATCH")]
    public async Task Another_method_can_be_chosen(string method, string expected)
    {
        await using Receiver receiver = await Receiver.AnsweringAsync(200);
        await using IConnector connector = WebhookTests.Create(_context, receiver.Address, $""","method":"{method}" """);

        await connector.SendAsync(WebhookTests.Batch(1), Cancellation);

        Assert.Equal(expected, Assert.Single(receiver.Requests).Method);
    }

    [Fact]
    public async Task A_compressed_body_says_so_and_has_a_length()
    {
        await using Receiver receiver = await Receiver.AnsweringAsync(200);
        await using IConnector connector = WebhookTests.Create(_context, receiver.Address, ""","compression":"gzip" """);

        await connector.SendAsync(WebhookTests.Batch(200), Cancellation);

        ReceivedRequest request = Assert.Single(receiver.Requests);
        Assert.EndsWith("{\"n\":200}\n", request.Body, StringComparison.Ordinal);
        Assert.Equal("gzip", request.Headers["Content-Encoding"]);
        Assert.InRange(int.Parse(request.Headers["Content-Length"], null), 1, request.Body.Length - 1);
    }

    [Fact]
    public async Task The_receipt_keeps_the_header_that_names_the_delivery()
    {
        await using Receiver receiver = await Receiver.StartAsync((context, _) =>
        {
            context.Response.Headers["X-Request-Id"] = "r-1";
            return Task.CompletedTask;
        });
        await using IConnector connector = WebhookTests.Create(_context, receiver.Address, ""","acknowledgement_header":"x-request-id" """);

        Assert.Equal("r-1", (await connector.SendAsync(WebhookTests.Batch(1), Cancellation)).AcknowledgementId);
    }

    [Theory]
    [InlineData(202, null)]
    [InlineData(409, null)]
    [InlineData(200, FailureKind.Misconfigured)]
    [InlineData(400, FailureKind.Rejected)]
    public async Task Only_listed_statuses_mean_delivered_where_there_is_a_list(int status, FailureKind? expected)
    {
        await using Receiver receiver = await Receiver.AnsweringAsync(status);
        await using IConnector connector = WebhookTests.Create(_context, receiver.Address, ""","success_status":[202,409]""");

        DeliveryResult result = await connector.SendAsync(WebhookTests.Batch(1), Cancellation);

        Assert.Equal(expected ?? 0, result.Kind);
        Assert.Equal(status, result.Status);
    }

    [Fact]
    public async Task A_refusal_keeps_the_beginning_of_the_answer()
    {
        await using Receiver receiver = await Receiver.StartAsync(async (context, _) =>
        {
            context.Response.StatusCode = 422;
            await context.Response.WriteAsync("field 'n'\r\nis\u0000 missing", context.RequestAborted);
        });
        await using IConnector connector = WebhookTests.Create(_context, receiver.Address);

        DeliveryResult result = await connector.SendAsync(WebhookTests.Batch(1), Cancellation);

        Assert.Equal(FailureKind.Rejected, result.Kind);
        Assert.Equal("HTTP 422", result.Reason);
        Assert.Equal("field 'n'  is  missing", result.Response);
    }

    [Fact]
    public async Task Cancelling_while_the_answer_is_awaited_ends_the_send()
    {
        var arrived = new TaskCompletionSource();
        await using Receiver receiver = await Receiver.StartAsync(async (context, _) =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using IConnector connector = WebhookTests.Create(_context, receiver.Address);
        using var cancellation = new CancellationTokenSource();
        Task<DeliveryResult> sending = connector.SendAsync(WebhookTests.Batch(1), cancellation.Token).AsTask();
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task A_connector_can_be_disposed_of_twice_and_without_a_start()
    {
        IConnector connector = WebhookTests.Create(_context, new Uri("http://127.0.0.1:9/"));

        await connector.DisposeAsync();
        await connector.DisposeAsync();
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(204, true)]
    [InlineData(404, true)]
    [InlineData(405, true)]
    [InlineData(500, true)]
    [InlineData(302, false)]
    [InlineData(401, false)]
    [InlineData(403, false)]
    [InlineData(502, false)]
    [InlineData(503, false)]
    [InlineData(504, false)]
    public async Task A_probe_asks_for_options_and_takes_any_answer_of_the_receiver_itself(int status, bool reached)
    {
        await using Receiver receiver = await Receiver.AnsweringAsync(status);
        await using IConnector connector = WebhookTests.Create(_context, receiver.Address);

        Exception? exception = await Record.ExceptionAsync(() => connector.ProbeAsync(Cancellation).AsTask());

        Assert.Equal(reached, exception is null);
        ReceivedRequest request = Assert.Single(receiver.Requests);
        Assert.Equal("OPTIONS", request.Method);
        Assert.Empty(request.Body);
    }

    public void Dispose() => _context.Dispose();
}
