using System.Text;
using AuditHost.Connectors.OpsGenie;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.OpsGenie;

public sealed class OpsGenieSettingsTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Theory]
    [InlineData("""{"api_key":""}""", "api_key")]
    [InlineData("""{"api_key":"a\nb"}""", "api_key")]
    [InlineData("""{"api_key":"k","api":"pagerduty"}""", "api")]
    [InlineData("""{"api_key":"k","region":"eu"}""", "region")]
    [InlineData("""{"api_key":"k","endpoint":"https://a/v2/alerts?x=1"}""", "endpoint")]
    [InlineData("""{"api_key":"k","priority_mapping":{"High":"2"}}""", "priority_mapping.High")]
    [InlineData("""{"api_key":"k","priority_mapping":{"High":"p1"}}""", "priority_mapping.High")]
    [InlineData("""{"api_key":"k","priority_mapping":{"Urgent":"P1"}}""", "priority_mapping.Urgent")]
    [InlineData("""{"api_key":"k","responders":[{"type":"team","name":"Sec"}]}""", "responders[0]")]
    [InlineData("""{"api_key":"k","responders":[{"type":"team"}]}""", "responders[0]")]
    [InlineData("""{"api_key":"k","api":"opsgenie","responders":[{"type":"team","id":"1","name":"Sec"}]}""", "responders[0]")]
    [InlineData("""{"api_key":"k","visible_to":[{"type":"schedule","id":"1"}]}""", "visible_to[0]")]
    [InlineData("""{"api_key":"k","tags":[""]}""", "tags")]
    [InlineData("""{"api_key":"k","source":""}""", "source")]
    [InlineData("""{"api_key":"k","api":"opsgenie","confirm":true,"confirm_poll_seconds":0}""", "confirm_poll_seconds")]
    [InlineData("""{"api_key":"k","api":"opsgenie","confirm":true,"confirm_poll_seconds":10.5}""", "confirm_poll_seconds")]
    [InlineData("""{"api_key":"k","confirm":true}""", "cloud_id")]
    [InlineData("""{"api_key":"k","confirm":true,"cloud_id":"c"}""", "api_user")]
    [InlineData("""{"api_key":"k","confirm":true,"cloud_id":"c","api_user":"u"}""", "api_token")]
    public void What_cannot_work_is_refused_by_name(string settings, string setting)
    {
        var refusal = Assert.Throws<SettingsException>(() => Create(settings));

        Assert.Equal(setting, refusal.Setting);
    }

    [Theory]
    [InlineData("2", "Did you mean P2?")]
    [InlineData("p5", "Did you mean P5?")]
    [InlineData("high", "Use P1, P2, P3, P4 or P5")]
    public void A_wrong_priority_gets_the_right_one_suggested(string word, string expected)
    {
        var refusal = Assert.Throws<SettingsException>(() => Create($$$"""{"api_key":"k","priority_mapping":{"Low":"{{{word}}}"}}"""));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpsGenie_is_warned_of_with_its_last_day()
    {
        Create("""{"api_key":"k","api":"opsgenie"}""");

        Assert.Contains("2027-04-05", Assert.Single(_context.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_successor_is_the_default_and_needs_a_key_alone()
    {
        Create("""{"api_key":"k"}""");

        Assert.Empty(_context.Entries);
    }

    public void Dispose() => _context.Dispose();

    private IConnector Create(string settings) => new OpsGenieFactory().Create(Encoding.UTF8.GetBytes(settings), _context);
}
