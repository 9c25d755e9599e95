using System.Text;
using AuditHost.Connectors.Prometheus;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Prometheus;

public sealed class PrometheusSettingsTests
{
    [Fact]
    public async Task The_given_keys_load_as_they_stand()
    {
        const string Given = """{"http_endpoint":{"enabled":true,"port":8080,"path":"/metrics"},"push_gateway":{"enabled":false,"endpoint":"${PROMETHEUS_PUSHGATEWAY}","job_name":"copybook-audit"}}""";
        using var context = new TestPluginContext();

        await using IConnector connector = new PrometheusFactory().Create(Encoding.UTF8.GetBytes(Given), context);

        Assert.Equal([new Uri("http://127.0.0.1:8080/metrics")], new PrometheusFactory().Endpoints(Encoding.UTF8.GetBytes(Given)));
    }

    [Fact]
    public void Every_way_that_is_on_is_shown()
    {
        const string Settings = """{"http_endpoint":{"address":"::1","port":9464},"push_gateway":{"enabled":true,"endpoint":"https://gw.example:9091/push/","grouping_key":{"site":"a"}},"remote_write":{"enabled":true,"endpoint":["https://a.example/api/v1/write","https://b.example/api/v1/write"]}}""";

        Assert.Equal(
            ["http://[::1]:9464/metrics", "https://gw.example:9091/push/metrics/job/copybook-audit/site/a", "https://a.example/api/v1/write", "https://b.example/api/v1/write"],
            new PrometheusFactory().Endpoints(Encoding.UTF8.GetBytes(Settings)).Select(endpoint => endpoint.AbsoluteUri));
    }

    [Theory]
    [InlineData("""{"prefix":"copybook_"}""", "prefix")]
    [InlineData("""{"prefix":"1st"}""", "prefix")]
    [InlineData("""{"prefix":"copy-book"}""", "prefix")]
    [InlineData("""{"names":"nice"}""", "names")]
    [InlineData("""{"http_endpoint":{"enabled":false}}""", "")]
    [InlineData("""{"http_endpoint":{"address":"metrics.example"}}""", "http_endpoint.address")]
    [InlineData("""{"http_endpoint":{"port":65536}}""", "http_endpoint.port")]
    [InlineData("""{"http_endpoint":{"port":-1}}""", "http_endpoint.port")]
    [InlineData("""{"http_endpoint":{"path":"metrics"}}""", "http_endpoint.path")]
    [InlineData("""{"http_endpoint":{"path":"/a b"}}""", "http_endpoint.path")]
    [InlineData("""{"http_endpoint":{"path":"/a?b"}}""", "http_endpoint.path")]
    [InlineData("""{"http_endpoint":{"bearer_token":""}}""", "http_endpoint.bearer_token")]
    [InlineData("""{"http_endpoint":{"bearer_token":"a\nb"}}""", "http_endpoint.bearer_token")]
    [InlineData("""{"http_endpoint":{"prot":1}}""", "http_endpoint.prot")]
    [InlineData("""{"push_gateway":{"enabled":true}}""", "push_gateway.endpoint")]
    [InlineData("""{"push_gateway":{"enabled":true,"endpoint":"gw:9091"}}""", "push_gateway.endpoint")]
    [InlineData("""{"push_gateway":{"enabled":true,"endpoint":"http://gw:9091","job_name":" "}}""", "push_gateway.job_name")]
    [InlineData("""{"push_gateway":{"enabled":true,"endpoint":"http://gw:9091","grouping_key":{"job":"a"}}}""", "push_gateway.grouping_key")]
    [InlineData("""{"push_gateway":{"enabled":true,"endpoint":"http://gw:9091","grouping_key":{"a-b":"a"}}}""", "push_gateway.grouping_key")]
    [InlineData("""{"push_gateway":{"enabled":true,"endpoint":"http://gw:9091","grouping_key":{"destination":"a"}}}""", "push_gateway.grouping_key")]
    [InlineData("""{"remote_write":{"enabled":true}}""", "remote_write.endpoint")]
    [InlineData("""{"remote_write":{"enabled":true,"endpoint":[]}}""", "remote_write.endpoint")]
    [InlineData("""{"remote_write":{"enabled":true,"endpoint":"http://p:9090","version":"3.0"}}""", "remote_write.version")]
    [InlineData("""{"remote_write":{"enabled":true,"endpoint":"http://p:9090","labels":{"__name__":"a"}}}""", "remote_write.labels")]
    [InlineData("""{"remote_write":{"enabled":true,"endpoint":"http://p:9090","labels":{"severity":"a"}}}""", "remote_write.labels")]
    [InlineData("""{"remote_write":{"enabled":true,"endpoint":"http://p:9090","labels":{"job":""}}}""", "remote_write.labels.job")]
    [InlineData("""{"push_interval_seconds":11}""", "push_interval_seconds")]
    [InlineData("""{"push_interval_seconds":-1}""", "push_interval_seconds")]
    public void Settings_that_cannot_work_are_refused_by_name(string settings, string setting)
    {
        using var context = new TestPluginContext();

        var exception = Assert.Throws<SettingsException>(() => new PrometheusFactory().Create(Encoding.UTF8.GetBytes(settings), context));

        Assert.Equal(setting, exception.Setting);
    }
}
