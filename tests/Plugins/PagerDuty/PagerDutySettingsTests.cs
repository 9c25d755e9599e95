using System.Text;
using AuditHost.Connectors.PagerDuty;
using AuditHost.Fakes.PagerDuty;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.PagerDuty;

public sealed class PagerDutySettingsTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Theory]
    [InlineData("""{"integration_key":""}""", "integration_key")]
    [InlineData("""{"integration_key":"e+23rschqsESqk9Q6_-g"}""", "integration_key")]
    [InlineData("""{"integration_key":"k","severity_mapping":{"High":"err"}}""", "severity_mapping.High")]
    [InlineData("""{"integration_key":"k","severity_mapping":{"Info":"Info"}}""", "severity_mapping.Info")]
    [InlineData("""{"integration_key":"k","severity_mapping":{"Urgent":"critical"}}""", "severity_mapping.Urgent")]
    [InlineData("""{"integration_key":"R0000000000000000000000000000000","change_events":["ConfigurationChange"]}""", "change_events")]
    [InlineData("""{"integration_key":"k","change_events":[" "]}""", "change_events")]
    [InlineData("""{"integration_key":"k","client_url":"audit.example"}""", "client_url")]
    [InlineData("""{"integration_key":"k","links":[{"href":"https://a"},{"href":"javascript:x"}]}""", "links[1].href")]
    [InlineData("""{"integration_key":"k","region":"asia"}""", "region")]
    [InlineData("""{"integration_key":"k","endpoint":[]}""", "endpoint")]
    [InlineData("""{"integration_key":"k","endpoint":["https://a","https://a/v2/enqueue"]}""", "endpoint")]
    public void What_cannot_work_is_refused_by_name(string settings, string setting)
    {
        var refusal = Assert.Throws<SettingsException>(() => Create(settings));

        Assert.Equal(setting, refusal.Setting);
    }

    [Theory]
    [InlineData("Critical", "critical")]
    [InlineData("err", "error")]
    [InlineData("warn", "warning")]
    [InlineData("information", "info")]
    public void A_wrong_severity_gets_the_right_one_suggested(string word, string suggestion)
    {
        var refusal = Assert.Throws<SettingsException>(() => Create($$$"""{"integration_key":"k","severity_mapping":{"Low":"{{{word}}}"}}"""));

        Assert.Contains($"Did you mean {suggestion}?", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Use critical, error, warning or info", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_given_configuration_loads_as_it_stands()
    {
        Create(
            $$$"""{"integration_key":"{{{PagerDutyEvents.Key}}}","severity_mapping":{"Critical":"critical","High":"error","Medium":"warning","Low":"info"}}""");

        Assert.Empty(_context.Entries);
    }

    [Fact]
    public void A_key_of_another_length_is_warned_of_without_being_told()
    {
        Create("""{"integration_key":"abcdefghij"}""");

        string warning = Assert.Single(_context.Warnings);
        Assert.Contains("32 characters", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefghij", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("us", "https://events.pagerduty.com/v2/enqueue")]
    [InlineData("eu", "https://events.eu.pagerduty.com/v2/enqueue")]
    public void Each_region_has_its_address(string region, string expected) =>
        Assert.Equal([expected], new PagerDutyFactory().Endpoints(Encoding.UTF8.GetBytes($$"""{"integration_key":"k","region":"{{region}}"}""")).Select(endpoint => endpoint.AbsoluteUri));

    public void Dispose() => _context.Dispose();

    private IConnector Create(string settings) => new PagerDutyFactory().Create(Encoding.UTF8.GetBytes(settings), _context);
}
