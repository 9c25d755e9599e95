using System.Text;
using System.Text.Json;
using AuditHost.Connectors.Slack;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Slack.SlackTests;

namespace AuditHost.Plugins.Tests.Slack;

public sealed class SlackSettingsTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Theory]
    [InlineData("{}", "webhook_url")]
    [InlineData("""{"webhook_url":""}""", "webhook_url")]
    [InlineData("""{"webhook_url":[]}""", "webhook_url")]
    [InlineData("""{"webhook_url":"hooks.slack.com/services/T/B/x"}""", "webhook_url")]
    [InlineData("""{"webhook_url":"https://hooks.slack.com/triggers/T/1/x"}""", "webhook_url")]
    [InlineData("""{"webhook_url":"https://hooks.slack.com/workflows/T/1/x"}""", "webhook_url")]
    [InlineData("""{"webhook_url":"https://hooks.slack.com/"}""", "webhook_url")]
    [InlineData("""{"webhook_url":["https://hooks.slack.com/services/T/B/x","https://hooks.slack-gov.com/api"]}""", "webhook_url[1]")]
    [InlineData("""{"webhook_url":"https://hooks.slack.com/services/T/B/x","token":"xoxb-1"}""", "token")]
    [InlineData("""{"token":"","channel":"C1"}""", "token")]
    [InlineData("""{"token":"xoxb-1\n","channel":"C1"}""", "token")]
    [InlineData("""{"token":"xapp-1","channel":"C1"}""", "token")]
    [InlineData("""{"token":"xoxb-1"}""", "channel")]
    [InlineData("""{"token":"xoxb-1","channel":" "}""", "channel")]
    [InlineData("""{"token":"xoxb-1","channel":"C1","api_endpoint":"slack.com"}""", "api_endpoint")]
    public void What_cannot_work_is_refused_by_name_and_without_the_secret(string settings, string setting)
    {
        var refusal = Assert.Throws<SettingsException>(() => Create(_context, settings));

        Assert.Equal(setting, refusal.Setting);
        Assert.DoesNotContain("/T/", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("xoxb-1", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""","channel":"#security-alerts" """, "channel has no effect")]
    [InlineData(""","api_endpoint":"https://slack.com/api" """, "api_endpoint has no effect")]
    public async Task What_a_webhook_does_not_need_is_warned_of(string further, string warning)
    {
        await using IConnector connector = Create(_context, $$"""{"webhook_url":"https://hooks.slack.com/services/T/B/x"{{further}}}""");

        Assert.Contains(warning, Assert.Single(_context.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bot_is_warned_of_nothing()
    {
        await using IConnector connector = Create(_context, """{"token":"xoxb-1","channel":"C1"}""");

        Assert.Empty(_context.Warnings);
    }

    [Theory]
    [InlineData("""{"webhook_url":"https://hooks.slack.com/services/T/B/secret"}""", "https://hooks.slack.com/")]
    [InlineData("""{"webhook_url":["https://hooks.slack.com/services/T/B/secret","https://hooks.slack.com/services/T/B/another"]}""", "https://hooks.slack.com/")]
    [InlineData("""{"webhook_url":"https://chat.example:8443/hooks/secret?x=secret"}""", "https://chat.example:8443/")]
    [InlineData("""{"token":"xoxb-1","channel":"C1"}""", "https://slack.com/api/chat.postMessage")]
    public void Of_a_webhook_only_the_server_is_shown(string settings, string shown) =>
        Assert.Equal([shown], new SlackFactory().Endpoints(Encoding.UTF8.GetBytes(settings)).Select(endpoint => endpoint.AbsoluteUri));

    [Fact]
    public void Webhooks_are_secrets_also_in_a_list()
    {
        using JsonDocument schema = JsonDocument.Parse(new SlackFactory().SettingsSchema);
        JsonElement webhook = schema.RootElement.GetProperty("properties").GetProperty("webhook_url");

        Assert.True(webhook.GetProperty("writeOnly").GetBoolean() && webhook.GetProperty("items").GetProperty("writeOnly").GetBoolean());
    }

    public void Dispose() => _context.Dispose();
}
