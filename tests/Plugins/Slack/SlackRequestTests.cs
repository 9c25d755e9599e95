using AuditHost.Fakes;
using AuditHost.Fakes.Slack;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Slack.SlackTests;

namespace AuditHost.Plugins.Tests.Slack;

/// <summary>What goes over the wire.</summary>
public sealed class SlackRequestTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Fact]
    public async Task A_webhook_gets_the_message_as_it_is()
    {
        await using SlackServer server = await StartAsync();
        await using IConnector connector = ByWebhook(_context, server);

        DeliveryResult result = await connector.SendAsync(TestBatch.OfPayloads("""{"text":"hello"}"""), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(server.Violations);
        FakeRequest request = Assert.Single(server.Requests);
        Assert.Equal(("POST", SlackServer.WebhookPath), (request.Method, request.Path));
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.Empty(request.Header("Authorization"));
        Assert.Equal("""{"text":"hello"}""", request.Text);
    }

    [Fact]
    public async Task A_bot_puts_its_channel_into_the_message()
    {
        await using SlackServer server = await StartAsync();
        await using IConnector connector = AsBot(_context, server);

        DeliveryResult result = await connector.SendAsync(TestBatch.OfPayloads(""" { "text" : "hello" } """), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Equal("C0123456789/1795464000.000001", Assert.Single(AcknowledgementsOf(result)));
        Assert.Empty(server.Violations);
        FakeRequest request = Assert.Single(server.Requests);
        Assert.Equal(("POST", "/api/chat.postMessage"), (request.Method, request.Path));
        Assert.Equal("application/json; charset=utf-8", request.Header("Content-Type"));
        Assert.Equal($"Bearer {SlackServer.Token}", request.Header("Authorization"));
        Assert.Equal("""{"channel":"#security-alerts","text" : "hello" }""", request.Text);
    }

    [Fact]
    public async Task A_template_may_name_another_channel()
    {
        await using SlackServer server = await StartAsync();
        await using IConnector connector = AsBot(_context, server);

        DeliveryResult result = await connector.SendAsync(TestBatch.OfPayloads("""{"text":"hello","channel":"C0123456789"}"""), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Equal("C0123456789", Assert.Single(server.Messages).Channel);
    }

    [Fact]
    public async Task A_channel_cannot_break_out_of_its_place()
    {
        await using SlackServer server = await StartAsync();
        await using IConnector connector = AsBot(_context, server, """C1\",\"text\":\"forged""");

        await connector.SendAsync(TestBatch.OfPayloads("{}"), Cancellation);

        Assert.Equal("""{"channel":"C1\",\"text\":\"forged"}""", Assert.Single(server.Requests).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"text":"hello" """)]
    [InlineData("""{"text":"hello"}{"text":"again"}""")]
    public async Task What_is_no_message_is_refused_unsent(string payload)
    {
        await using SlackServer server = await StartAsync();
        await using IConnector webhook = ByWebhook(_context, server);
        await using IConnector bot = AsBot(_context, server);

        foreach (IConnector connector in new[] { webhook, bot })
        {
            DeliveryResult result = await connector.SendAsync(TestBatch.OfPayloads(payload), Cancellation);
            Assert.Equal(FailureKind.Rejected, result.Kind == 0 ? Assert.Single(result.Failures!).Kind : result.Kind);
        }

        Assert.Equal(0, server.RequestCount);
    }

    [Fact]
    public async Task The_next_webhook_serves_where_one_is_away()
    {
        await using SlackServer away = await StartAsync();
        await using SlackServer server = await StartAsync();
        away.FailNext(SlackReply.OfWebhook(503, "service_unavailable"));
        await using IConnector connector = Create(_context, $$"""{"webhook_url":["{{away.Webhook}}","{{server.Webhook}}"]}""");

        Assert.Equal(FailureKind.Transient, (await connector.SendAsync(Batch(), Cancellation)).Kind);
        Assert.True((await connector.SendAsync(Batch(), Cancellation)).IsDelivered);

        Assert.Equal((1, 1), (away.RequestCount, server.MessageCount));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/chat.postMessage")]
    public async Task The_api_s_address_is_completed(string end)
    {
        await using SlackServer server = await StartAsync();
        await using IConnector connector = Create(_context, $$"""{"token":"{{SlackServer.Token}}","channel":"C0123456789","api_endpoint":"{{server.Api}}{{end}}"}""");

        Assert.True((await connector.SendAsync(Batch(), Cancellation)).IsDelivered);
    }

    [Fact]
    public async Task A_probe_of_a_token_asks_who_it_belongs_to()
    {
        await using SlackServer server = await StartAsync();
        await using IConnector connector = AsBot(_context, server);

        await connector.ProbeAsync(Cancellation);

        FakeRequest request = Assert.Single(server.Requests);
        Assert.Equal(("/api/auth.test", $"Bearer {SlackServer.Token}"), (request.Path, request.Header("Authorization")));
        Assert.Equal(0, server.MessageCount);
    }

    [Fact]
    public async Task A_probe_says_what_is_wrong_with_a_token()
    {
        await using SlackServer server = await StartAsync();
        server.IsRevoked = true;
        await using IConnector connector = AsBot(_context, server);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.ProbeAsync(Cancellation));

        Assert.Contains("token_revoked", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_probe_of_a_webhook_posts_nothing()
    {
        await using SlackServer server = await StartAsync();
        await using IConnector connector = ByWebhook(_context, server);

        await connector.ProbeAsync(Cancellation);

        Assert.Equal("OPTIONS", Assert.Single(server.Requests).Method);
        Assert.Equal(0, server.MessageCount);
    }

    public void Dispose() => _context.Dispose();

    private static IEnumerable<string?> AcknowledgementsOf(DeliveryResult result) => result.AcknowledgementIds ?? [result.AcknowledgementId];
}
