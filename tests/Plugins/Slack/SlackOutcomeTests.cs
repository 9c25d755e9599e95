using AuditHost.Fakes;
using AuditHost.Fakes.Slack;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Slack.SlackTests;

namespace AuditHost.Plugins.Tests.Slack;

/// <summary>Every error that Slack documents, and what is none of them.</summary>
public sealed class SlackOutcomeTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Theory]
    [InlineData(400, "invalid_payload", FailureKind.Rejected)]
    [InlineData(400, "no_text", FailureKind.Rejected)]
    [InlineData(400, "missing_text_or_fallback_or_attachments", FailureKind.Rejected)]
    [InlineData(400, "invalid_blocks", FailureKind.Rejected)]
    [InlineData(400, "invalid_blocks_format", FailureKind.Rejected)]
    [InlineData(400, "too_many_attachments", FailureKind.Rejected)]
    [InlineData(400, "user_not_found", FailureKind.Misconfigured)]
    [InlineData(403, "action_prohibited", FailureKind.Misconfigured)]
    [InlineData(403, "posting_to_general_channel_denied", FailureKind.Misconfigured)]
    [InlineData(403, "invalid_token", FailureKind.Misconfigured)]
    [InlineData(403, "team_disabled", FailureKind.Misconfigured)]
    [InlineData(404, "channel_not_found", FailureKind.Misconfigured)]
    [InlineData(404, "no_service", FailureKind.Misconfigured)]
    [InlineData(404, "no_service_id", FailureKind.Misconfigured)]
    [InlineData(404, "no_team", FailureKind.Misconfigured)]
    [InlineData(404, "no_active_hooks", FailureKind.Misconfigured)]
    [InlineData(410, "channel_is_archived", FailureKind.Misconfigured)]
    [InlineData(429, "rate_limited", FailureKind.Throttled)]
    [InlineData(500, "rollup_error", FailureKind.Transient)]
    [InlineData(400, "msg_too_long", FailureKind.TooLarge)]
    public async Task Each_word_of_a_webhook_stands_for_a_kind_of_failure(int status, string word, FailureKind expected)
    {
        DeliveryResult result = await ByWebhookAsync(SlackReply.OfWebhook(status, word));

        Assert.Equal((expected, status), (KindOf(result), result.Status));
        Assert.Equal(word, result.Response);
        if (status != 429)
            Assert.Contains($"{word}: ", ReasonOf(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("access_denied", FailureKind.Misconfigured)]
    [InlineData("accesslimited", FailureKind.Misconfigured)]
    [InlineData("account_inactive", FailureKind.Misconfigured)]
    [InlineData("app_access_restricted", FailureKind.Misconfigured)]
    [InlineData("attachment_payload_limit_exceeded", FailureKind.TooLarge)]
    [InlineData("cannot_reply_to_message", FailureKind.Rejected)]
    [InlineData("channel_not_found", FailureKind.Misconfigured)]
    [InlineData("deprecated_endpoint", FailureKind.Misconfigured)]
    [InlineData("ekm_access_denied", FailureKind.Misconfigured)]
    [InlineData("enterprise_is_restricted", FailureKind.Misconfigured)]
    [InlineData("fatal_error", FailureKind.Transient)]
    [InlineData("internal_error", FailureKind.Transient)]
    [InlineData("invalid_arg_name", FailureKind.Rejected)]
    [InlineData("invalid_arguments", FailureKind.Rejected)]
    [InlineData("invalid_array_arg", FailureKind.Rejected)]
    [InlineData("invalid_auth", FailureKind.Misconfigured)]
    [InlineData("invalid_blocks", FailureKind.Rejected)]
    [InlineData("invalid_blocks_format", FailureKind.Rejected)]
    [InlineData("invalid_charset", FailureKind.Rejected)]
    [InlineData("invalid_form_data", FailureKind.Rejected)]
    [InlineData("invalid_json", FailureKind.Rejected)]
    [InlineData("invalid_metadata_format", FailureKind.Rejected)]
    [InlineData("invalid_metadata_schema", FailureKind.Rejected)]
    [InlineData("invalid_post_type", FailureKind.Rejected)]
    [InlineData("is_archived", FailureKind.Misconfigured)]
    [InlineData("json_not_object", FailureKind.Rejected)]
    [InlineData("markdown_text_conflict", FailureKind.Rejected)]
    [InlineData("message_limit_exceeded", FailureKind.Throttled)]
    [InlineData("messages_tab_disabled", FailureKind.Misconfigured)]
    [InlineData("metadata_must_be_sent_from_app", FailureKind.Misconfigured)]
    [InlineData("metadata_too_large", FailureKind.TooLarge)]
    [InlineData("method_deprecated", FailureKind.Misconfigured)]
    [InlineData("missing_post_type", FailureKind.Rejected)]
    [InlineData("missing_scope", FailureKind.Misconfigured)]
    [InlineData("msg_blocks_too_long", FailureKind.TooLarge)]
    [InlineData("msg_too_long", FailureKind.TooLarge)]
    [InlineData("no_permission", FailureKind.Misconfigured)]
    [InlineData("no_text", FailureKind.Rejected)]
    [InlineData("not_allowed_token_type", FailureKind.Misconfigured)]
    [InlineData("not_authed", FailureKind.Misconfigured)]
    [InlineData("not_in_channel", FailureKind.Misconfigured)]
    [InlineData("org_login_required", FailureKind.Misconfigured)]
    [InlineData("rate_limited", FailureKind.Throttled)]
    [InlineData("ratelimited", FailureKind.Throttled)]
    [InlineData("request_timeout", FailureKind.Transient)]
    [InlineData("restricted_action", FailureKind.Misconfigured)]
    [InlineData("restricted_action_non_threadable_channel", FailureKind.Misconfigured)]
    [InlineData("restricted_action_read_only_channel", FailureKind.Misconfigured)]
    [InlineData("restricted_action_thread_locked", FailureKind.Misconfigured)]
    [InlineData("restricted_action_thread_only_channel", FailureKind.Misconfigured)]
    [InlineData("service_unavailable", FailureKind.Transient)]
    [InlineData("team_access_not_granted", FailureKind.Misconfigured)]
    [InlineData("team_added_to_org", FailureKind.Transient)]
    [InlineData("team_not_found", FailureKind.Misconfigured)]
    [InlineData("token_expired", FailureKind.Misconfigured)]
    [InlineData("token_revoked", FailureKind.Misconfigured)]
    [InlineData("too_many_attachments", FailureKind.Rejected)]
    [InlineData("two_factor_setup_required", FailureKind.Misconfigured)]
    [InlineData("a_policy_of_next_year", FailureKind.Misconfigured)]
    public async Task Each_error_of_the_api_stands_for_a_kind_of_failure(string error, FailureKind expected)
    {
        DeliveryResult result = await AsBotAsync(SlackReply.OfApi(error, "no such luck"));

        Assert.Equal((expected, 200), (KindOf(result), result.Status));
        Assert.Contains(error, ReasonOf(result), StringComparison.Ordinal);
        Assert.Contains("no such luck", result.Response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_is_passed_on()
    {
        foreach (DeliveryResult result in new[] { await ByWebhookAsync(SlackReply.RateLimited(30)), await AsBotAsync(SlackReply.RateLimited(30)) })
            Assert.Equal((FailureKind.Throttled, TimeSpan.FromSeconds(30)), (result.Kind, result.RetryAfter));
    }

    [Theory]
    [InlineData(200, "<html>sign in</html>", FailureKind.Transient)]
    [InlineData(200, "", FailureKind.Transient)]
    [InlineData(200, "OK", FailureKind.Transient)]
    [InlineData(200, "ok ok", FailureKind.Transient)]
    [InlineData(200, """{"ok":true}""", FailureKind.Transient)]
    [InlineData(201, "ok", FailureKind.Transient)]
    [InlineData(200, "no_service", FailureKind.Misconfigured)]
    [InlineData(302, "", FailureKind.Misconfigured)]
    [InlineData(407, "", FailureKind.Misconfigured)]
    [InlineData(408, "", FailureKind.Transient)]
    [InlineData(413, "invalid_payload", FailureKind.TooLarge)]
    [InlineData(429, "no_service", FailureKind.Throttled)]
    [InlineData(502, "<html>bad gateway</html>", FailureKind.Transient)]
    public async Task A_webhook_has_posted_only_what_it_says_ok_to(int status, string body, FailureKind expected) =>
        Assert.Equal(expected, KindOf(await ByWebhookAsync(new FakeAnswer(status, body, "text/html"))));

    [Theory]
    [InlineData(200, "<html>sign in</html>", FailureKind.Transient)]
    [InlineData(200, "", FailureKind.Transient)]
    [InlineData(200, "ok", FailureKind.Transient)]
    [InlineData(200, """{"ok":"true"}""", FailureKind.Transient)]
    [InlineData(200, """{"ok":1}""", FailureKind.Transient)]
    [InlineData(200, """[{"ok":true}]""", FailureKind.Transient)]
    [InlineData(200, """{"ok":true""", FailureKind.Transient)]
    [InlineData(200, """{"ok":false}""", FailureKind.Transient)]
    [InlineData(201, """{"ok":true}""", FailureKind.Transient)]
    [InlineData(301, "", FailureKind.Misconfigured)]
    [InlineData(401, """{"ok":false,"error":"invalid_auth"}""", FailureKind.Misconfigured)]
    [InlineData(413, "", FailureKind.TooLarge)]
    [InlineData(500, """{"ok":false,"error":"internal_error"}""", FailureKind.Transient)]
    [InlineData(503, "", FailureKind.Transient)]
    public async Task The_api_has_posted_only_what_it_says_ok_to(int status, string body, FailureKind expected) =>
        Assert.Equal(expected, KindOf(await AsBotAsync(new FakeAnswer(status, body))));

    [Fact]
    public async Task What_an_answer_repeats_stays_out_of_the_reason()
    {
        DeliveryResult result = await ByWebhookAsync(new FakeAnswer(404, SlackServer.WebhookPath, "text/html"));

        Assert.DoesNotContain("services", ReasonOf(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_of_another_workspace_is_a_matter_of_settings()
    {
        await using SlackServer server = await StartAsync();
        await using IConnector connector = AsBot(_context, server, token: "xoxb-of-another");

        DeliveryResult result = await connector.SendAsync(Batch(), Cancellation);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains("invalid_auth", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("xoxb-of-another", result.Reason, StringComparison.Ordinal);
    }

    public void Dispose() => _context.Dispose();

    private static FailureKind KindOf(DeliveryResult result) => result.Failures is { } failures ? Assert.Single(failures).Kind : result.Kind;

    private static string ReasonOf(DeliveryResult result) => result.Failures is { } failures ? Assert.Single(failures).Reason : result.Reason!;

    private async Task<DeliveryResult> ByWebhookAsync(FakeAnswer answer)
    {
        await using SlackServer server = await StartAsync();
        server.FailNext(answer);
        await using IConnector connector = ByWebhook(_context, server);
        return await connector.SendAsync(Batch(), Cancellation);
    }

    private async Task<DeliveryResult> AsBotAsync(FakeAnswer answer)
    {
        await using SlackServer server = await StartAsync();
        server.FailNext(answer);
        await using IConnector connector = AsBot(_context, server);
        return await connector.SendAsync(Batch(), Cancellation);
    }
}
