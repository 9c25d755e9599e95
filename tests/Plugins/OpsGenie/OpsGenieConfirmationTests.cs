using AuditHost.Fakes;
using AuditHost.Fakes.OpsGenie;
using AuditHost.Plugins.Tests.Alerts;
using AuditHost.Plugins.Tests.Prometheus;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.OpsGenie.OpsGenieTests;

namespace AuditHost.Plugins.Tests.OpsGenie;

/// <summary>With <c>confirm</c> a message is delivered when it has been processed.</summary>
public sealed class OpsGenieConfirmationTests : IDisposable
{
    private const string OpsGenie = ""","api":"opsgenie","confirm":true,"confirm_poll_seconds":0.1""";

    private const string Successor =
        $$""","confirm":true,"confirm_poll_seconds":0.1,"cloud_id":"{{AlertApi.CloudId}}","api_user":"{{AlertApi.Account}}","api_token":"{{AlertApi.Token}}" """;

    private readonly TestPluginContext _context = new();

    public static TheoryData<bool, string> Products => new() { { false, OpsGenie }, { true, Successor } };

    [Theory]
    [MemberData(nameof(Products))]
    public async Task A_request_is_asked_for_until_it_is_processed(bool isSuccessor, string settings)
    {
        await using AlertApi api = await StartAsync(isSuccessor);
        api.PollsUntilProcessed = 2;
        await using IConnector connector = Create(_context, settings, api.Address);

        DeliveryResult result = await connector.SendAsync(Batch(AlertEvents.Of()), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(api.Violations);
        Assert.Equal(["POST", "GET", "GET", "GET"], api.Requests.Select(request => request.Method));
        string path = isSuccessor ? $"/jsm/ops/api/{AlertApi.CloudId}/v1/alerts/requests/" : "/v2/alerts/requests/";
        Assert.Equal(path + Assert.Single(result.AcknowledgementIds!), api.Requests[^1].Path);
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task What_is_refused_when_it_is_processed_was_not_delivered(bool isSuccessor, string settings)
    {
        await using AlertApi api = await StartAsync(isSuccessor);
        api.Fails = "Alert can not be created, the integration ignores it";
        await using IConnector connector = Create(_context, settings, api.Address);

        DeliveryResult result = await connector.SendAsync(Batch(AlertEvents.Of()), Cancellation);

        Assert.Equal(FailureKind.Rejected, Assert.Single(result.Failures!).Kind);
        Assert.Contains("the integration ignores it", result.Response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closing_what_is_closed_already_is_done()
    {
        await using AlertApi api = await StartAsync(isSuccessor: false);
        await using IConnector connector = Create(_context, OpsGenie, api.Address);

        Assert.True((await connector.SendAsync(Batch(AlertEvents.Of("resolve")), Cancellation)).IsDelivered);

        Assert.Single(api.Dropped);
    }

    [Fact]
    public async Task Acknowledging_what_is_not_there_is_not_done()
    {
        await using AlertApi api = await StartAsync(isSuccessor: false);
        await using IConnector connector = Create(_context, OpsGenie, api.Address);

        Assert.Equal(FailureKind.Rejected, Assert.Single((await connector.SendAsync(Batch(AlertEvents.Of("acknowledge")), Cancellation)).Failures!).Kind);
    }

    [Theory]
    [InlineData(400, FailureKind.Transient)]
    [InlineData(401, FailureKind.Misconfigured)]
    [InlineData(403, FailureKind.Misconfigured)]
    [InlineData(422, FailureKind.Transient)]
    [InlineData(429, FailureKind.Throttled)]
    [InlineData(500, FailureKind.Transient)]
    public async Task A_question_that_is_refused_speaks_against_no_message(int status, FailureKind expected)
    {
        await using AlertApi api = await StartAsync(isSuccessor: false);
        api.InterceptNext(_ => null);
        api.FailNext(AlertApi.Say(status, "no"));
        await using IConnector connector = Create(_context, OpsGenie, api.Address);

        Assert.Equal(expected, (await connector.SendAsync(Batch(AlertEvents.Of()), Cancellation)).Kind);
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, """{"data":{"isSuccess":"true"}}""")]
    [InlineData(200, """{"data":[]}""")]
    [InlineData(404, "<html>not here</html>")]
    public async Task An_answer_that_does_not_tell_is_no_delivery(int status, string body)
    {
        await using AlertApi api = await StartAsync(isSuccessor: false);
        api.InterceptNext(_ => null);
        api.FailNext(new FakeAnswer(status, body));
        await using IConnector connector = Create(_context, OpsGenie, api.Address);

        DeliveryResult result = await connector.SendAsync(Batch(AlertEvents.Of()), Cancellation);

        Assert.Contains(result.Kind, new[] { FailureKind.Transient, FailureKind.Misconfigured });
    }

    [Fact]
    public async Task The_deadline_ends_the_asking()
    {
        await using AlertApi api = await StartAsync(isSuccessor: false);
        api.PollsUntilProcessed = int.MaxValue;
        await using IConnector connector = Create(_context, OpsGenie, api.Address);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        api.InterceptNext(_ => null);
        api.InterceptNext(_ => null);
        api.InterceptNext(_ =>
        {
            deadline.Cancel();
            return null;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await connector.SendAsync(Batch(AlertEvents.Of()), deadline.Token));
    }

    [Fact]
    public async Task The_first_question_waits_for_nothing()
    {
        using var context = new TestPluginContext(time: new ManualTime());
        await using AlertApi api = await StartAsync(isSuccessor: false);
        await using IConnector connector = Create(context, ""","api":"opsgenie","confirm":true,"confirm_poll_seconds":10""", api.Address);

        DeliveryResult result = await connector.SendAsync(Batch(AlertEvents.Of()), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task What_is_processed_after_the_deadline_is_not_sent_again(bool isSuccessor, string settings)
    {
        await using AlertApi api = await StartAsync(isSuccessor);
        await using IConnector connector = Create(_context, settings, api.Address);
        EventBatch batch = Batch(AlertEvents.Of());
        await SendUntilQuestionAsync(api, connector, batch);

        DeliveryResult result = await connector.SendAsync(batch, Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.NotNull(Assert.Single(result.AcknowledgementIds!));
        Assert.Equal(["POST", "GET", "GET"], api.Requests.Select(request => request.Method));
        Assert.Equal(1, Assert.Single(api.Alerts).Count);
    }

    [Fact]
    public async Task Another_message_is_sent_whatever_became_of_the_one_before()
    {
        await using AlertApi api = await StartAsync(isSuccessor: false);
        await using IConnector connector = Create(_context, OpsGenie, api.Address);
        await SendUntilQuestionAsync(api, connector, Batch(AlertEvents.Of()));

        Assert.True((await connector.SendAsync(Batch(AlertEvents.Of(dedupKey: "another")), Cancellation)).IsDelivered);

        Assert.Equal([AlertEvents.DedupKey, "another"], api.Alerts.Select(alert => alert.Alias));
    }

    [Fact]
    public async Task A_request_of_which_there_is_no_word_is_sent_once_more()
    {
        await using AlertApi api = await StartAsync(isSuccessor: false);
        await using IConnector connector = Create(_context, OpsGenie, api.Address);
        EventBatch batch = Batch(AlertEvents.Of());
        await SendUntilQuestionAsync(api, connector, batch);
        api.FailNext(AlertApi.Say(404, "Request not found. It might not be processed, yet."));

        Assert.True((await connector.SendAsync(batch, Cancellation)).IsDelivered);

        Assert.Equal(["POST", "GET", "GET", "POST", "GET"], api.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task A_site_that_is_not_there_is_the_operators_to_mend_and_costs_no_second_alert()
    {
        await using AlertApi api = await StartAsync(isSuccessor: true);
        await using IConnector connector = Create(
            _context, Successor.Replace(AlertApi.CloudId, "99999999-a1b2-3b33-c444-def123456789", StringComparison.Ordinal), api.Address);
        EventBatch batch = Batch(AlertEvents.Of());
        await SendUntilQuestionAsync(api, connector, batch);

        DeliveryResult second = await connector.SendAsync(batch, Cancellation);
        DeliveryResult third = await connector.SendAsync(batch, Cancellation);

        Assert.Equal([FailureKind.Misconfigured, FailureKind.Misconfigured], [second.Kind, third.Kind]);
        Assert.Contains("cloud_id", second.Reason, StringComparison.Ordinal);
        Assert.Single(api.Requests, request => request.Method == "POST");
    }

    public void Dispose() => _context.Dispose();

    /// <summary>An attempt whose deadline comes with the first question.</summary>
    private static async Task SendUntilQuestionAsync(AlertApi api, IConnector connector, EventBatch batch)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        api.InterceptNext(_ => null);
        api.InterceptNext(_ =>
        {
            deadline.Cancel();
            return AlertApi.Say(404, "Request not found. It might not be processed, yet.");
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await connector.SendAsync(batch, deadline.Token));
    }
}
