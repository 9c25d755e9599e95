using AuditHost.Fakes;
using AuditHost.Fakes.AppDynamics;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.AppDynamics;

/// <summary>Every answer to a publication that the API documents, and what others may answer in its place.</summary>
public sealed class PublishOutcomeTests : AppDynamicsTest
{
    [Theory]
    [InlineData(400, FailureKind.Rejected)]
    [InlineData(401, FailureKind.Misconfigured)]
    [InlineData(402, FailureKind.Misconfigured)]
    [InlineData(403, FailureKind.Misconfigured)]
    [InlineData(404, FailureKind.Transient)]
    [InlineData(406, FailureKind.Misconfigured)]
    [InlineData(408, FailureKind.Transient)]
    [InlineData(413, FailureKind.TooLarge)]
    [InlineData(415, FailureKind.Misconfigured)]
    [InlineData(422, FailureKind.Rejected)]
    [InlineData(429, FailureKind.Throttled)]
    [InlineData(500, FailureKind.Transient)]
    [InlineData(502, FailureKind.Transient)]
    [InlineData(503, FailureKind.Transient)]
    [InlineData(504, FailureKind.Transient)]
    [InlineData(301, FailureKind.Misconfigured)]
    [InlineData(204, FailureKind.Misconfigured)]
    public async Task Each_status_stands_for_a_kind_of_failure(int status, FailureKind expected)
    {
        DeliveryResult result = await SendAsync(status == 204 ? new FakeAnswer(204) : EventsError.Of(status, "Some.Code", "the vendor's text"));

        Assert.Equal(expected, result.Kind);
        Assert.Equal(status, result.Status);
        Assert.Contains(status == 204 ? "204" : "Some.Code", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("the vendor's text", result.Reason, StringComparison.Ordinal);
        if (status != 204)
            Assert.Contains("the vendor's text", result.Response, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    public async Task Either_success_is_a_delivery(int status)
    {
        Service.TakenStatus = status;
        await using IConnector connector = Create();

        Assert.True((await connector.SendAsync(Batch(2), Cancellation)).IsDelivered);
        Assert.Equal(2, Service.EventCount);
    }

    [Theory]
    [InlineData("""{"statusCode":200}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    public async Task A_success_may_have_json(string body) => Assert.True((await SendAsync(new FakeAnswer(200, body))).IsDelivered);

    [Theory]
    [InlineData("<html>sign in</html>")]
    [InlineData("OK")]
    [InlineData("""{"statusCode":2""")]
    [InlineData("""{"statusCode":400,"code":"BadRequest"}""")]
    public async Task A_success_that_is_none_of_the_services_is_no_delivery(string body)
    {
        DeliveryResult result = await SendAsync(new FakeAnswer(200, body));

        Assert.Equal(FailureKind.Transient, result.Kind);
    }

    [Fact]
    public async Task A_used_up_licence_is_waited_for()
    {
        Service.ThrottleAfter(1);
        await using IConnector connector = Create();

        Assert.True((await connector.SendAsync(Batch(1), Cancellation)).IsDelivered);
        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal((FailureKind.Throttled, TimeSpan.FromSeconds(60)), (result.Kind, result.RetryAfter));
        Assert.Contains("licence", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_not_known_pauses_the_destination_and_shows_in_nothing()
    {
        await using IConnector connector = CreateFrom($$"""{"endpoint":"{{Service.Address}}","account_name":"{{FakeEventsService.Account}}","api_key":"s3cret-key"}""");

        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("api_key", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret-key", result.Reason + string.Concat(Context.Entries), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_may_not_publish_pauses_the_destination()
    {
        Service.MayPublish = false;
        await using IConnector connector = Create();

        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("publish custom events", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_with_a_lower_limit_halves_the_batch()
    {
        Service.MaxBytes = 100;
        await using IConnector connector = Create();

        Assert.Equal(FailureKind.TooLarge, (await connector.SendAsync(Batch(2), Cancellation)).Kind);
    }

    /// <summary>Answers the publication with this; the schema is ready by then.</summary>
    private async Task<DeliveryResult> SendAsync(FakeAnswer answer)
    {
        await using IConnector connector = Create();
        await connector.StartAsync(Cancellation);
        Service.FailNext(answer);
        return await connector.SendAsync(Batch(2), Cancellation);
    }
}
