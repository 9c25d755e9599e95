using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.Http;

/// <summary>What a batch becomes whose events are sent one after the other.</summary>
public sealed class SingleDeliveryTests
{
    private static readonly DeliveryResult Taken = DeliveryResult.Acknowledged("id");
    private static readonly DeliveryResult Refused = DeliveryResult.Failed(FailureKind.Rejected, "HTTP 400").WithResponse(400, "no such channel");
    private static readonly DeliveryResult TooLarge = DeliveryResult.Failed(FailureKind.TooLarge, "HTTP 413").WithResponse(413, "too long");
    private static readonly DeliveryResult Unsendable = DeliveryResult.Failed(FailureKind.Rejected, "No JSON object");
    private static readonly DeliveryResult Throttled = DeliveryResult.Failed(FailureKind.Throttled, "HTTP 429", TimeSpan.FromSeconds(7)).WithResponse(429, "slowly");

    [Fact]
    public async Task What_was_delivered_beside_a_failure_keeps_its_name()
    {
        DeliveryResult result = await SendAsync(DeliveryResult.Acknowledged("a"), Refused, DeliveryResult.Acknowledged("c"));

        Assert.Equal(["a", null, "c"], result.AcknowledgementIds);
        Assert.Equal([1], result.Failures!.Select(failure => failure.Index));
    }

    [Fact]
    public async Task Failures_that_are_alike_have_one_answer()
    {
        DeliveryResult result = await SendAsync(Refused, Taken, Refused);

        Assert.Equal((400, "no such channel"), (result.Status, result.Response));
        Assert.Equal(["HTTP 400", "HTTP 400"], result.Failures!.Select(failure => failure.Reason));
    }

    [Fact]
    public async Task Failures_that_differ_each_have_their_own_answer()
    {
        DeliveryResult result = await SendAsync(Refused, TooLarge, Unsendable, Taken);

        Assert.Null(result.Response);
        Assert.Null(result.Status);
        Assert.Equal(
            [(400, "HTTP 400. Answered: no such channel"), (413, "HTTP 413. Answered: too long"), (null, "No JSON object")],
            result.Failures!.Select(failure => (failure.Status, failure.Reason)));
    }

    [Fact]
    public async Task A_refusal_before_the_failure_that_stops_the_batch_does_not_get_its_answer()
    {
        DeliveryResult result = await SendAsync(Taken, Refused, Throttled, Taken);

        Assert.Null(result.Response);
        Assert.Equal(TimeSpan.FromSeconds(7), result.RetryAfter);
        Assert.Equal(
            [(1, FailureKind.Rejected), (2, FailureKind.Throttled), (3, FailureKind.Throttled)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Equal(["id", null, null, null], result.AcknowledgementIds);
    }

    [Fact]
    public async Task Of_a_long_answer_the_beginning_stands_in_the_reason()
    {
        string answer = new string('x', 199) + "😀";

        DeliveryResult result = await SendAsync(DeliveryResult.Failed(FailureKind.Rejected, "HTTP 400").WithResponse(400, answer), TooLarge);

        Assert.Equal($"HTTP 400. Answered: {answer[..199]}…", result.Failures![0].Reason);
    }

    private static async Task<DeliveryResult> SendAsync(params DeliveryResult[] results)
    {
        int next = 0;
        EventBatch batch = TestBatch.OfPayloads([.. results.Select(_ => "{}")]);
        return await new SingleDelivery(batch, (_, _, _) => new ValueTask<DeliveryResult>(results[next++])).RunAsync(TestContext.Current.CancellationToken);
    }
}
