using System.Text;
using AuditHost.Connectors.Splunk;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Splunk;

public sealed class SplunkSettingsTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Theory]
    [InlineData("""{"hec_endpoint":"https://h:8088","hec_token":""}""", "hec_token")]
    [InlineData("""{"hec_endpoint":"https://h:8088","hec_token":"a\nb"}""", "hec_token")]
    [InlineData("""{"hec_endpoint":"h:8088","hec_token":"t"}""", "hec_endpoint")]
    [InlineData("""{"hec_endpoint":[],"hec_token":"t"}""", "hec_endpoint")]
    [InlineData("""{"hec_endpoint":["https://a:8088","ftp://b"],"hec_token":"t"}""", "hec_endpoint[1]")]
    [InlineData("""{"hec_endpoint":["https://a:8088","https://a:8088/services/collector"],"hec_token":"t"}""", "hec_endpoint")]
    [InlineData("""{"hec_endpoint":"https://h:8088","hec_token":"t","index":"Main Index"}""", "index")]
    [InlineData("""{"hec_endpoint":"https://h:8088","hec_token":"t","sourcetype":" "}""", "sourcetype")]
    [InlineData("""{"hec_endpoint":"https://h:8088","hec_token":"t","indexed_fields":{"a b":"c"}}""", "indexed_fields")]
    [InlineData("""{"hec_endpoint":"https://h:8088","hec_token":"t","indexed_fields":{"a":""}}""", "indexed_fields.a")]
    [InlineData("""{"hec_endpoint":"https://h:8088","hec_token":"t","acknowledgement":true,"acknowledgement_poll_seconds":0}""", "acknowledgement_poll_seconds")]
    [InlineData("""{"hec_endpoint":"https://h:8088","hec_token":"t","acknowledgement_poll_seconds":5}""", "acknowledgement_poll_seconds")]
    public void What_cannot_work_is_refused_by_name(string settings, string setting)
    {
        var refusal = Assert.Throws<SettingsException>(() => new SplunkFactory().Create(Encoding.UTF8.GetBytes(settings), _context));

        Assert.Equal(setting, refusal.Setting);
    }

    [Fact]
    public void Endpoints_are_shown_with_their_whole_path()
    {
        IReadOnlyList<Uri> endpoints = new SplunkFactory().Endpoints("""{"hec_endpoint":["https://a:8088","https://b/proxy?x=1"],"hec_token":"t"}"""u8.ToArray());

        Assert.Equal(["https://a:8088/services/collector/event", "https://b/proxy/services/collector/event"], endpoints.Select(endpoint => endpoint.AbsoluteUri));
    }

    public void Dispose() => _context.Dispose();
}
