using System.Net;
using System.Text;
using AuditHost.Fakes.Slack;
using static AuditHost.Plugins.Tests.Slack.SlackTests;

namespace AuditHost.Plugins.Tests.Slack;

/// <summary>The fake is as strict as Slack: otherwise the tests against it would prove nothing.</summary>
public sealed class SlackServerTests : IDisposable
{
    private readonly HttpClient _client = new();

    public static TheoryData<string, string> Broken => new()
    {
        { "{}", "no_text" },
        { """{"text":""}""", "no_text" },
        { """{"text":1}""", "invalid_arguments" },
        { "[]", "invalid_payload" },
        { """{"text":"a","text":"b"}""", "invalid_payload" },
        { $$"""{"text":"{{new string('x', 40_001)}}"}""", "msg_too_long" },
        { """{"blocks":{}}""", "invalid_blocks_format" },
        { """{"blocks":[1]}""", "invalid_blocks_format" },
        { Blocks(string.Join(',', Enumerable.Repeat("""{"type":"divider"}""", 51))), "invalid_blocks" },
        { Blocks("""{"type":"heading"}"""), "invalid_blocks" },
        { Blocks("""{"type":"divider","text":"x"}"""), "invalid_blocks" },
        { Blocks("""{"type":"header","text":{"type":"mrkdwn","text":"x"}}"""), "invalid_blocks" },
        { Blocks($$$"""{"type":"header","text":{"type":"plain_text","text":"{{{new string('x', 151)}}}"}}"""), "invalid_blocks" },
        { Blocks("""{"type":"section"}"""), "invalid_blocks" },
        { Blocks("""{"type":"section","text":{"type":"mrkdwn","text":""}}"""), "invalid_blocks" },
        { Blocks("""{"type":"section","text":{"type":"mrkdwn","text":"x","emoji":true}}"""), "invalid_blocks" },
        { Blocks($$$"""{"type":"section","text":{"type":"mrkdwn","text":"{{{new string('x', 3001)}}}"}}"""), "invalid_blocks" },
        { Blocks("""{"type":"section","fields":[]}"""), "invalid_blocks" },
        { Blocks($$"""{"type":"section","fields":[{{string.Join(',', Enumerable.Repeat("""{"type":"mrkdwn","text":"x"}""", 11))}}]}"""), "invalid_blocks" },
        { Blocks($$"""{"type":"section","fields":[{"type":"mrkdwn","text":"{{new string('x', 2001)}}"}]}"""), "invalid_blocks" },
        { Blocks($$"""{"type":"context","elements":[{{string.Join(',', Enumerable.Repeat("""{"type":"mrkdwn","text":"x"}""", 11))}}]}"""), "invalid_blocks" },
        { Blocks("""{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}"""), "invalid_blocks" },
        { Blocks(string.Join(',', Enumerable.Repeat($$$"""{"type":"section","text":{"type":"mrkdwn","text":"{{{new string('x', 2900)}}}"}}""", 5))), "msg_blocks_too_long" },
        { """{"text":"a","metadata":{"event_type":"x"}}""", "invalid_metadata_format" },
        { """{"text":"a","metadata":{"event_type":"x","event_payload":{"a":null}}}""", "invalid_metadata_schema" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_rule_is_refused_by_name(string message, string error)
    {
        await using SlackServer server = await StartAsync();

        using HttpResponseMessage response = await PostAsync(server.Webhook, message);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(error, await response.Content.ReadAsStringAsync(Cancellation));
        Assert.StartsWith(error == "invalid_payload" ? "a body" : error, Assert.Single(server.Violations), StringComparison.Ordinal);
        Assert.Equal(0, server.MessageCount);
    }

    [Fact]
    public async Task What_keeps_to_the_limits_is_posted()
    {
        await using SlackServer server = await StartAsync();
        string message = Blocks($$$"""
            {"type":"header","text":{"type":"plain_text","text":"{{{new string('x', 150)}}}","emoji":true}},{"type":"divider"},
            {"type":"section","text":{"type":"mrkdwn","text":"{{{new string('x', 3000)}}}","verbatim":true},"fields":[{"type":"mrkdwn","text":"{{{new string('x', 2000)}}}"}]},
            {"type":"context","elements":[{"type":"plain_text","text":"x"}],"block_id":"b"}
            """);

        using HttpResponseMessage response = await PostAsync(server.Webhook, message);

        Assert.Equal("ok", await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(1, server.MessageCount);
    }

    [Fact]
    public async Task Mentions_and_links_are_seen()
    {
        await using SlackServer server = await StartAsync();

        await PostAsync(server.Webhook, """{"text":"&lt;a&gt; <!channel> <@U1>","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"<https://x|y>"}}]}""");

        SlackMessage message = Assert.Single(server.Messages);
        Assert.Equal(["<!channel>", "<@U1>", "<https://x|y>"], message.Sequences);
        Assert.Equal("<a> <!channel> <@U1>", message.Text);
    }

    public void Dispose() => _client.Dispose();

    private static string Blocks(string blocks) => $$"""{"text":"a","blocks":[{{blocks}}]}""";

    private async Task<HttpResponseMessage> PostAsync(Uri webhook, string message)
    {
        using var content = new StringContent(message, Encoding.UTF8, "application/json");
        return await _client.PostAsync(webhook, content, Cancellation);
    }
}
