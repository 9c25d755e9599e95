using System.Text;
using System.Text.Json;
using AuditHost.Connectors.Teams;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Teams.TeamsTests;

namespace AuditHost.Plugins.Tests.Teams;

public sealed class TeamsSettingsTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Theory]
    [InlineData("https://contoso.webhook.office.com/webhookb2/a@b/IncomingWebhook/secret/c", "retired")]
    [InlineData("https://outlook.office.com/webhook/secret", "retired")]
    [InlineData("https://outlook.office365.com/webhook/secret", "retired")]
    [InlineData("https://prod-12.westeurope.logic.azure.com:443/workflows/x/triggers/manual/paths/invoke?api-version=2016-06-01&sig=secret", "api.powerplatform.com")]
    [InlineData("https://PROD-180.westus.logic.azure.com/workflows/x?sig=secret", "api.powerplatform.com")]
    [InlineData("https://h/x?sig=secret more", "Copy the address again")]
    [InlineData("https://h/x?sig=secretä", "Copy the address again")]
    [InlineData(" https://h/x?sig=secret", "Copy the address again")]
    [InlineData("https://h/x?sig=secret#a", "fragment")]
    [InlineData("https://user:secret@h/x", "authentication")]
    [InlineData("h/secret", "absolute")]
    [InlineData("", "Empty")]
    public void What_cannot_work_is_refused_with_what_to_do_and_without_the_secret(string address, string remedy)
    {
        var refusal = Assert.Throws<SettingsException>(() => Create(_context, $$"""{"webhook_url":{{JsonSerializer.Serialize(address)}}}"""));

        Assert.Equal("webhook_url", refusal.Setting);
        Assert.Contains(remedy, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[199]")]
    [InlineData("[202,302]")]
    [InlineData("[404]")]
    public void A_failure_cannot_be_a_success(string status)
    {
        var refusal = Assert.Throws<SettingsException>(() => Create(_context, $$"""{"webhook_url":"https://h/x","success_status":{{status}}}"""));

        Assert.Equal("success_status", refusal.Setting);
    }

    [Theory]
    [InlineData("https://default1.05.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/x/triggers/manual/paths/invoke?api-version=1&sig=secret", "https://default1.05.environment.api.powerplatform.com/")]
    [InlineData("https://relay.example:8443/secret", "https://relay.example:8443/")]
    public void Only_the_server_is_shown(string address, string shown) => Assert.Equal(
        [shown], new TeamsFactory().Endpoints(Encoding.UTF8.GetBytes($$"""{"webhook_url":"{{address}}"}""")).Select(endpoint => endpoint.AbsoluteUri));

    [Fact]
    public void Webhooks_are_secrets_also_in_a_list()
    {
        using JsonDocument schema = JsonDocument.Parse(new TeamsFactory().SettingsSchema);
        JsonElement webhook = schema.RootElement.GetProperty("properties").GetProperty("webhook_url");

        Assert.True(webhook.GetProperty("writeOnly").GetBoolean() && webhook.GetProperty("items").GetProperty("writeOnly").GetBoolean());
    }

    public void Dispose() => _context.Dispose();
}
