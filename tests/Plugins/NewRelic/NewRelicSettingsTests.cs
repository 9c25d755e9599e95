using System.Text;
using AuditHost.Connectors.NewRelic;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.NewRelic.NewRelicTests;

namespace AuditHost.Plugins.Tests.NewRelic;

public sealed class NewRelicSettingsTests : IDisposable
{
    private const string Key = "0123456789abcdef0123456789abcdefFFFFNRAL";

    private readonly TestPluginContext _context = Context();

    [Theory]
    [InlineData("""{"license_key":""}""", "license_key")]
    [InlineData("""{"license_key":"a\nb"}""", "license_key")]
    [InlineData("""{"license_key":"jp01xx0123456789"}""", "license_key")]
    [InlineData("""{"license_key":"eu01xx0123456789","region":"us"}""", "region")]
    [InlineData("""{"license_key":"k","app_name":" "}""", "app_name")]
    [InlineData("""{"license_key":"k","send":[]}""", "send")]
    [InlineData("""{"license_key":"k","send":["logs","logs"]}""", "send")]
    [InlineData("""{"license_key":"k","send":["events"]}""", "account_id")]
    [InlineData("""{"license_key":"k","send":["events"],"account_id":"12a"}""", "account_id")]
    [InlineData("""{"license_key":"k","send":["events"],"account_id":""}""", "account_id")]
    [InlineData("""{"license_key":"k","send":["events"],"account_id":"1","event_type":"a.b"}""", "event_type")]
    [InlineData("""{"license_key":"k","send":["events"],"account_id":"1","event_type":"Metric2"}""", "event_type")]
    [InlineData("""{"license_key":"k","send":["events"],"account_id":"1","event_type":"Public_x"}""", "event_type")]
    [InlineData("""{"license_key":"k","endpoint":"h"}""", "endpoint")]
    [InlineData("""{"license_key":"k","log_endpoint":["https://a","ftp://b"]}""", "log_endpoint[1]")]
    [InlineData("""{"license_key":"k","metric_endpoint":[]}""", "metric_endpoint")]
    [InlineData("""{"license_key":"k","metric_prefix":"a b"}""", "metric_prefix")]
    [InlineData("""{"license_key":"k","common_attributes":{"a b":"c"}}""", "common_attributes")]
    [InlineData("""{"license_key":"k","common_attributes":{"a":""}}""", "common_attributes.a")]
    [InlineData("""{"license_key":"k","common_attributes":{"service.name":"x"}}""", "common_attributes.service.name")]
    [InlineData("""{"license_key":"k","common_attributes":{"entity.guid":"x"}}""", "common_attributes.entity.guid")]
    [InlineData("""{"license_key":"k","common_attributes":{"instrumentation.name":"x"}}""", "common_attributes.instrumentation.name")]
    [InlineData("""{"license_key":"k","common_attributes":{"interval.ms":"x"}}""", "common_attributes.interval.ms")]
    [InlineData("""{"license_key":"k","common_attributes":{"copybook.audit.events":"x"}}""", "common_attributes.copybook.audit.events")]
    [InlineData("""{"license_key":"k","attributes":{"a":" "}}""", "attributes.a")]
    [InlineData("""{"license_key":"k","attributes":{"timestamp":"a"}}""", "attributes.timestamp")]
    [InlineData("""{"license_key":"k","attributes":{"a":"b"},"common_attributes":{"a":"c"}}""", "attributes.a")]
    public void What_cannot_work_is_refused_by_name(string settings, string setting)
    {
        var refusal = Assert.Throws<SettingsException>(() => new NewRelicFactory().Create(Encoding.UTF8.GetBytes(settings), _context));

        Assert.Equal(setting, refusal.Setting);
    }

    [Theory]
    [InlineData("us", "log-api.newrelic.com", "insights-collector.newrelic.com", "otlp.nr-data.net", "metric-api.newrelic.com")]
    [InlineData("eu", "log-api.eu.newrelic.com", "insights-collector.eu01.nr-data.net", "otlp.eu01.nr-data.net", "metric-api.eu.newrelic.com")]
    [InlineData("gov", "gov-log-api.newrelic.com", "gov-insights-collector.newrelic.com", "gov-otlp.nr-data.net", "gov-metric-api.newrelic.com")]
    public void Each_region_has_its_addresses(string region, string logs, string events, string traces, string metrics)
    {
        IReadOnlyList<Uri> endpoints = Endpoints($$"""{"license_key":"{{Key}}","region":"{{region}}","account_id":"17","send":["metrics","traces","events","logs"]}""");

        Assert.Equal(
            [$"https://{logs}/log/v1", $"https://{events}/v1/accounts/17/events", $"https://{traces}/v1/traces", $"https://{metrics}/metric/v1"],
            endpoints.Select(endpoint => endpoint.AbsoluteUri));
    }

    [Theory]
    [InlineData(Key, "https://log-api.newrelic.com/log/v1")]
    [InlineData("eu01xx0123456789abcdef0123456789abcdNRAL", "https://log-api.eu.newrelic.com/log/v1")]
    [InlineData("gov01x0123456789abcdef0123456789abcdNRAL", "https://gov-log-api.newrelic.com/log/v1")]
    [InlineData("euro", "https://log-api.newrelic.com/log/v1")]
    public void Without_a_region_the_key_says_it(string key, string expected)
    {
        Assert.Equal(expected, Endpoints($$"""{"license_key":"{{key}}","app_name":"copybook-audit-system"}""")[0].AbsoluteUri);
    }

    [Fact]
    public void A_region_without_addresses_has_those_of_the_site()
    {
        IReadOnlyList<Uri> endpoints = Endpoints("""{"license_key":"jp01xx0123456789","log_endpoint":"https://a.example","metric_endpoint":"https://b.example/in/metric/v1"}""");

        Assert.Equal(["https://a.example/log/v1", "https://b.example/in/metric/v1"], endpoints.Select(endpoint => endpoint.AbsoluteUri));
    }

    [Theory]
    [InlineData("https://gateway.example", "https://gateway.example/log/v1")]
    [InlineData("https://gateway.example/nr/", "https://gateway.example/nr/log/v1")]
    [InlineData("https://gateway.example/log/v1", "https://gateway.example/log/v1")]
    public void A_gateways_address_gets_the_path_of_each_api(string endpoint, string expected)
    {
        Assert.Equal(expected, Endpoints($$"""{"license_key":"{{Key}}","send":["logs"],"endpoint":"{{endpoint}}"}""")[0].AbsoluteUri);
    }

    [Fact]
    public void Nothing_is_rendered_that_is_not_sent()
    {
        Assert.Equal(BatchContent.None, new NewRelicFactory().Content("""{"license_key":"k","send":["metrics","traces"]}"""u8.ToArray()));
        Assert.Equal(BatchContent.Payload, new NewRelicFactory().Content("""{"license_key":"k"}"""u8.ToArray()));
    }

    [Fact]
    public void The_key_is_a_secret_by_its_schema()
    {
        string schema = Encoding.UTF8.GetString(new NewRelicFactory().SettingsSchema.Span);

        Assert.Contains("\"logs\"", schema, StringComparison.Ordinal);
        Assert.Contains("\"gov\"", schema, StringComparison.Ordinal);
        Assert.Matches("\"license_key\":\\{[^}]*writeOnly", schema);
    }

    public void Dispose() => _context.Dispose();

    private static IReadOnlyList<Uri> Endpoints(string settings) => new NewRelicFactory().Endpoints(Encoding.UTF8.GetBytes(settings));
}
