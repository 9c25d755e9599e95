using System.Text;
using AuditHost.Connectors.Otlp;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Otlp;

public sealed class OtlpSettingsTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Theory]
    [InlineData("""{"endpoint":"collector:4318"}""", "endpoint")]
    [InlineData("""{"endpoint":[]}""", "endpoint")]
    [InlineData("""{"endpoint":["https://a:4318","https://a:4318/v1/logs"]}""", "endpoint")]
    [InlineData("""{"endpoint":"https://a","headers":{"Content-Type":"x"}}""", "headers")]
    [InlineData("""{"endpoint":"https://a","headers":{"X-Tenant":"a\nb"}}""", "headers.X-Tenant")]
    [InlineData("""{"endpoint":"https://a","retry_status":[200]}""", "retry_status")]
    [InlineData("""{"endpoint":"https://a","service_name":" "}""", "service_name")]
    [InlineData("""{"endpoint":"https://a","host_name":""}""", "host_name")]
    [InlineData("""{"endpoint":"https://a","scope_name":""}""", "scope_name")]
    [InlineData("""{"endpoint":"https://a","resource":{"service.name":"x"}}""", "resource.service.name")]
    [InlineData("""{"endpoint":"https://a","resource":{"a":""}}""", "resource.a")]
    [InlineData("""{"endpoint":"https://a","resource":{"":"a"}}""", "resource")]
    [InlineData("""{"endpoint":"https://a","attributes":{"a":" "}}""", "attributes.a")]
    [InlineData("""{"endpoint":"https://a","attributes":{"":"a"}}""", "attributes")]
    public void What_cannot_work_is_refused_by_name(string settings, string setting)
    {
        var refusal = Assert.Throws<SettingsException>(() => new OtlpFactory().Create(Encoding.UTF8.GetBytes(settings), _context));

        Assert.Equal(setting, refusal.Setting);
    }

    [Fact]
    public void Endpoints_are_shown_with_their_whole_path()
    {
        IReadOnlyList<Uri> endpoints = new OtlpFactory().Endpoints("""{"endpoint":["https://a:4318","https://b/otlp/v1/logs?x=1"]}"""u8.ToArray());

        Assert.Equal(["https://a:4318/v1/logs", "https://b/otlp/v1/logs"], endpoints.Select(endpoint => endpoint.AbsoluteUri));
    }

    public void Dispose() => _context.Dispose();
}
