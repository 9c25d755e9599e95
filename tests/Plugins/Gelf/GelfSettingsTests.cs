using System.Text;
using System.Text.Json;
using AuditHost.Connectors.Gelf;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Gelf;

public sealed class GelfSettingsTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    public void Dispose() => _context.Dispose();

    [Theory]
    [InlineData("""{"endpoint":""}""", "endpoint")]
    [InlineData("""{"endpoint":"canary:12201"}""", "endpoint")]
    [InlineData("""{"endpoint":"canary"}""", "endpoint")]
    [InlineData("""{"endpoint":"ftp://canary/"}""", "endpoint")]
    [InlineData("""{"endpoint":"udp://canary:0"}""", "endpoint")]
    [InlineData("""{"endpoint":"udp://canary/gelf"}""", "endpoint")]
    [InlineData("""{"endpoint":"tcp://user:canary@h"}""", "endpoint")]
    [InlineData("""{"endpoint":"https://user:canary@h/gelf"}""", "endpoint")]
    [InlineData("""{"endpoint":"https://h/gelf?canary"}""", "endpoint")]
    [InlineData("""{"endpoint":"tcp://h","compression":"gzip"}""", "compression")]
    [InlineData("""{"endpoint":"tls://h","compression":"zlib"}""", "compression")]
    [InlineData("""{"endpoint":"https://h","compression":"zlib"}""", "compression")]
    [InlineData("""{"endpoint":"udp://h","compression":"lz4"}""", "compression")]
    [InlineData("""{"endpoint":"udp://h","chunk_bytes":511}""", "chunk_bytes")]
    [InlineData("""{"endpoint":"udp://h","chunk_bytes":8193}""", "chunk_bytes")]
    [InlineData("""{"endpoint":"tcp://h","chunk_bytes":1420}""", "chunk_bytes")]
    [InlineData("""{"endpoint":"udp://h","max_message_bytes":0}""", "max_message_bytes")]
    [InlineData("""{"endpoint":"https://h","max_message_bytes":1000}""", "max_message_bytes")]
    [InlineData("""{"endpoint":"udp://h","bulk":true}""", "bulk")]
    [InlineData("""{"endpoint":"tls://h","bulk":true}""", "bulk")]
    [InlineData("""{"endpoint":"udp://h","replay_tail":1}""", "replay_tail")]
    [InlineData("""{"endpoint":"tcp://h","replay_tail":-1}""", "replay_tail")]
    public void Setting_that_cannot_work_is_named_and_an_address_not_quoted(string settings, string name)
    {
        SettingsException exception = Assert.Throws<SettingsException>(() => new GelfFactory().Create(Encoding.UTF8.GetBytes(settings), _context));

        Assert.Equal(name, exception.Setting);
        Assert.DoesNotContain("canary", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("udp://h", "udp://h:12201/")]
    [InlineData("tcp://h:1", "tcp://h:1/")]
    [InlineData("tls://[::1]", "tls://[::1]:12201/")]
    [InlineData("https://h:12202", "https://h:12202/gelf")]
    [InlineData("https://h:12202/", "https://h:12202/gelf")]
    [InlineData("http://h/logs/gelf", "http://h/logs/gelf")]
    public void Endpoint_has_the_usual_port_and_path(string endpoint, string expected) =>
        Assert.Equal(expected, Assert.Single(new GelfFactory().Endpoints(Encoding.UTF8.GetBytes($$"""{"endpoint":"{{endpoint}}"}"""))).AbsoluteUri);

    [Theory]
    [InlineData("""{"endpoint":"https://h","bulk":true}""", BatchContent.Payload)]
    [InlineData("""{"endpoint":"https://h"}""", BatchContent.Payload)]
    [InlineData("""{"endpoint":"udp://h"}""", BatchContent.Payload)]
    public void Only_what_is_sent_is_rendered(string settings, BatchContent expected) =>
        Assert.Equal(expected, new GelfFactory().Content(Encoding.UTF8.GetBytes(settings)));

    [Fact]
    public void Every_setting_is_described_in_the_schema()
    {
        using JsonDocument schema = JsonDocument.Parse(new GelfFactory().SettingsSchema);
        JsonProperty[] properties = [.. schema.RootElement.GetProperty("properties").EnumerateObject()];

        Assert.Equal(["endpoint", "balancing", "compression", "chunk_bytes", "max_message_bytes", "bulk", "replay_tail"], properties.Select(property => property.Name));
        Assert.All(properties, property => Assert.True(property.Value.TryGetProperty("description", out _), property.Name));
    }
}
