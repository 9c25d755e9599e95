using System.Text;
using AuditHost.Connectors.Datadog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Datadog;

public sealed class DatadogSettingsTests : IDisposable
{
    private const string Given =
        """{"api_key":"k","app_key":"a","site":"datadoghq.com","enable_background_flush":true,"apm_enabled":true,"service_name":"copybook-audit","environment":"prod"}""";

    private readonly TestPluginContext _context = new();

    [Fact]
    public void The_given_keys_load_without_a_word()
    {
        Create(Given);

        Assert.Empty(_context.Entries);
        Assert.Equal(
            ["https://otlp.datadoghq.com/v1/traces", "https://api.datadoghq.com/api/v1/distribution_points", "https://api.datadoghq.com/api/v2/series"],
            Endpoints(Given));
        Assert.Equal(
            [("buffer_size", "batch_size"), ("flush_interval_seconds", "batch_timeout_seconds")],
            new DatadogFactory().Info.BatchingAliases.OrderBy(alias => alias.Key).Select(alias => (alias.Key, alias.Value)));
    }

    [Theory]
    [InlineData("datadoghq.com", "https://http-intake.logs.datadoghq.com/api/v2/logs")]
    [InlineData("us3.datadoghq.com", "https://http-intake.logs.us3.datadoghq.com/api/v2/logs")]
    [InlineData("us5.datadoghq.com", "https://http-intake.logs.us5.datadoghq.com/api/v2/logs")]
    [InlineData("ap1.datadoghq.com", "https://http-intake.logs.ap1.datadoghq.com/api/v2/logs")]
    [InlineData("ap2.datadoghq.com", "https://http-intake.logs.ap2.datadoghq.com/api/v2/logs")]
    [InlineData("uk1.datadoghq.com", "https://http-intake.logs.uk1.datadoghq.com/api/v2/logs")]
    [InlineData("datadoghq.eu", "https://http-intake.logs.datadoghq.eu/api/v2/logs")]
    [InlineData("ddog-gov.com", "https://http-intake.logs.ddog-gov.com/api/v2/logs")]
    [InlineData("us2.ddog-gov.com", "https://http-intake.logs.us2.ddog-gov.com/api/v2/logs")]
    public void Every_site_has_its_hosts(string site, string logs) =>
        Assert.Equal([logs], Endpoints($$"""{"api_key":"k","send":["logs"],"site":"{{site}}"}"""));

    [Theory]
    [InlineData("datadoghq.co", "datadoghq.com")]
    [InlineData("datadog.eu", "datadoghq.eu")]
    [InlineData("us3", "us3.datadoghq.com")]
    [InlineData("eu", "datadoghq.eu")]
    [InlineData("US1-FED", "ddog-gov.com")]
    [InlineData("https://app.datadoghq.eu/", "datadoghq.eu")]
    [InlineData("https://us5.datadoghq.com", "us5.datadoghq.com")]
    [InlineData("ap3.datadoghq.com", "ap1.datadoghq.com")]
    public void Another_site_gets_the_nearest_name(string site, string nearest)
    {
        var refusal = Assert.Throws<SettingsException>(() => Create($$"""{"api_key":"k","site":"{{site}}"}"""));

        Assert.Equal("site", refusal.Setting);
        Assert.Contains($"Did you mean {nearest}?", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "api_key")]
    [InlineData("""{"api_key":""}""", "api_key")]
    [InlineData("""{"api_key":"a\nb"}""", "api_key")]
    [InlineData("""{"send":["dogstatsd"],"apm_enabled":true}""", "api_key")]
    [InlineData("""{"api_key":"k","send":[]}""", "send")]
    [InlineData("""{"api_key":"k","send":["logs","logs"]}""", "send")]
    [InlineData("""{"api_key":"k","send":["metrics","dogstatsd"]}""", "send")]
    [InlineData("""{"api_key":"k","service_name":" "}""", "service_name")]
    [InlineData("""{"api_key":"k","source":""}""", "source")]
    [InlineData("""{"api_key":"k","host_name":""}""", "host_name")]
    [InlineData("""{"api_key":"k","tags":["a:b","1team"]}""", "tags[1]")]
    [InlineData("""{"api_key":"k","tags":["team:"]}""", "tags[0]")]
    [InlineData("""{"api_key":"k","metric_prefix":"copy-book"}""", "metric_prefix")]
    [InlineData("""{"api_key":"k","metric_prefix":""}""", "metric_prefix")]
    [InlineData("""{"api_key":"k","metric_prefix":"copybook."}""", "metric_prefix")]
    [InlineData("""{"api_key":"k","endpoint":"h:1"}""", "endpoint")]
    [InlineData("""{"api_key":"k","endpoint":["https://a","https://a/"]}""", "endpoint")]
    [InlineData("""{"api_key":"k","endpoint":"https://a?x=1"}""", "endpoint")]
    [InlineData("""{"api_key":"k","logs_endpoint":"ftp://a"}""", "logs_endpoint")]
    [InlineData("""{"api_key":"k","apm_endpoint":"grpc://a:4317"}""", "apm_endpoint")]
    [InlineData("""{"send":["dogstatsd"],"dogstatsd_endpoint":"127.0.0.1:8125"}""", "dogstatsd_endpoint")]
    [InlineData("""{"send":["dogstatsd"],"dogstatsd_endpoint":"udp://127.0.0.1"}""", "dogstatsd_endpoint")]
    [InlineData("""{"send":["dogstatsd"],"dogstatsd_endpoint":"udp://127.0.0.1:8125/x"}""", "dogstatsd_endpoint")]
    [InlineData("""{"send":["dogstatsd"],"dogstatsd_endpoint":"unix:/"}""", "dogstatsd_endpoint")]
    public void What_cannot_work_is_refused_by_name(string settings, string setting) =>
        Assert.Equal(setting, Assert.Throws<SettingsException>(() => Create(settings)).Setting);

    [Theory]
    [InlineData("""{"api_key":"k","enable_background_flush":false}""", "enable_background_flush: false has no effect")]
    [InlineData("""{"api_key":"k","logs_endpoint":"https://a"}""", "logs_endpoint has no effect")]
    [InlineData("""{"api_key":"k","apm_endpoint":"http://a:4318"}""", "apm_endpoint has no effect")]
    [InlineData("""{"send":["dogstatsd"]}""", "DogStatsD loses metrics")]
    public void What_does_nothing_is_warned_of_by_name(string settings, string expected)
    {
        Create(settings);

        Assert.StartsWith(expected, Assert.Single(_context.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_can_be_a_proxys_an_agents_and_a_sockets()
    {
        Assert.Equal(
            ["https://logs.example/dd/api/v2/logs", "http://127.0.0.1:4318/v1/traces", "https://proxy.example/api/v1/events", "unix:/run/dsd.socket"],
            Endpoints(
                """
                {"api_key":"k","send":["logs","events","dogstatsd"],"apm_enabled":true,"endpoint":"https://proxy.example/","logs_endpoint":"https://logs.example/dd",
                 "apm_endpoint":"http://127.0.0.1:4318","dogstatsd_endpoint":"unix:/run/dsd.socket"}
                """));
    }

    [Fact]
    public void Nothing_is_rendered_that_no_log_needs()
    {
        Assert.Equal(BatchContent.None, new DatadogFactory().Content(Encoding.UTF8.GetBytes(Given)));
        Assert.Equal(BatchContent.Payload, new DatadogFactory().Content("""{"api_key":"k","send":["metrics","logs"]}"""u8.ToArray()));
    }

    public void Dispose() => _context.Dispose();

    private static string[] Endpoints(string settings) => [.. new DatadogFactory().Endpoints(Encoding.UTF8.GetBytes(settings)).Select(endpoint => endpoint.AbsoluteUri)];

    private void Create(string settings) => new DatadogFactory().Create(Encoding.UTF8.GetBytes(settings), _context);
}
