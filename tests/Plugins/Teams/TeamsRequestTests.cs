using AuditHost.Fakes;
using AuditHost.Fakes.Teams;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Teams.TeamsTests;

namespace AuditHost.Plugins.Tests.Teams;

/// <summary>What goes over the wire.</summary>
public sealed class TeamsRequestTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Fact]
    public async Task A_card_goes_to_the_address_byte_by_byte()
    {
        await using TeamsWorkflow workflow = await StartAsync();
        await using IConnector connector = Create(_context, workflow);

        DeliveryResult result = await connector.SendAsync(Batch(), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(workflow.Violations);
        Assert.Equal("0858420000000001CU01", Assert.Single(result.AcknowledgementIds!));
        FakeRequest request = Assert.Single(workflow.Requests);
        Assert.Equal(("POST", TeamsWorkflow.Target), (request.Method, request.Target));
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.Empty(request.Header("Authorization"));
        Assert.Equal(Render(Event), request.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":"message"}""")]
    [InlineData("""{"type":"message","attachments":null}""")]
    [InlineData("""{"type":"message","attachments":[ ]}""")]
    [InlineData("""{"type":"message","attachments":"[1]"}""")]
    [InlineData("""{"type":"message","attachments":[{}]""")]
    [InlineData("""{"type":"message","attachments":[{}],"attachments":[]}""")]
    public async Task What_a_workflow_would_take_and_not_post_is_refused_unsent(string payload)
    {
        await using TeamsWorkflow workflow = await StartAsync();
        await using IConnector connector = Create(_context, workflow);

        DeliveryResult result = await connector.SendAsync(TestBatch.OfPayloads(payload), Cancellation);

        Assert.Equal(FailureKind.Rejected, Assert.Single(result.Failures!).Kind);
        Assert.Equal(0, workflow.RequestCount);
    }

    [Theory]
    [InlineData(28 * 1024, 1)]
    [InlineData((28 * 1024) + 1, 0)]
    public async Task What_teams_would_not_take_is_too_large_unsent(int bytes, int requests)
    {
        await using TeamsWorkflow workflow = await StartAsync();
        await using IConnector connector = Create(_context, workflow);
        string message = Render(Event);
        message += new string(' ', bytes - message.Length);

        DeliveryResult result = await connector.SendAsync(TestBatch.OfPayloads(message), Cancellation);

        Assert.Equal(requests == 1, result.IsDelivered);
        Assert.Equal(requests, workflow.CardCount);
        if (requests == 0)
            Assert.Equal(FailureKind.TooLarge, Assert.Single(result.Failures!).Kind);
    }

    [Fact]
    public async Task The_next_workflow_serves_where_one_is_away()
    {
        await using TeamsWorkflow away = await StartAsync();
        await using TeamsWorkflow workflow = await StartAsync();
        away.FailNext(TriggerReply.Of(502, "BadGateway"));
        await using IConnector connector = Create(_context, $$"""{"webhook_url":["{{away.Webhook}}","{{workflow.Webhook}}"]}""");

        Assert.Equal(FailureKind.Transient, (await connector.SendAsync(Batch(), Cancellation)).Kind);
        Assert.True((await connector.SendAsync(Batch(), Cancellation)).IsDelivered);

        Assert.Equal((1, 1), (away.RequestCount, workflow.CardCount));
    }

    [Fact]
    public async Task A_probe_posts_nothing()
    {
        await using TeamsWorkflow workflow = await StartAsync();
        await using IConnector connector = Create(_context, workflow);

        await connector.ProbeAsync(Cancellation);

        Assert.Equal("OPTIONS", Assert.Single(workflow.Requests).Method);
        Assert.Equal(0, workflow.CardCount);
    }

    public void Dispose() => _context.Dispose();
}
