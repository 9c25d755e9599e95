using System.Text;
using System.Text.Json;
using AuditHost.Connectors.Logstash;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Logstash;

public sealed class LogstashSettingsTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    public void Dispose() => _context.Dispose();

    [Theory]
    [InlineData("""{"endpoint":[]}""", "endpoint")]
    [InlineData("""{"endpoint":"","mode":"tcp"}""", "endpoint")]
    [InlineData("""{"endpoint":"tls://canary:5044"}""", "mode")]
    [InlineData("""{"endpoint":"canary:5044"}""", "mode")]
    [InlineData("""{"endpoint":"httpcanary:5044"}""", "mode")]
    [InlineData("""{"endpoint":"tls://canary:5044","mode":"http"}""", "mode")]
    [InlineData("""{"endpoint":"https://canary","mode":"lumberjack"}""", "mode")]
    [InlineData("""{"endpoint":"http://canary","mode":"tcp"}""", "mode")]
    [InlineData("""{"endpoint":"http://h","mode":"beats"}""", "mode")]
    [InlineData("""{"endpoint":"https://user:canary@h"}""", "endpoint")]
    [InlineData("""{"endpoint":["https://h","tls://canary"]}""", "endpoint[1]")]
    [InlineData("""{"endpoint":["tls://h","https://canary"],"mode":"lumberjack"}""", "endpoint[1]")]
    [InlineData("""{"endpoint":"udp://canary:1","mode":"tcp"}""", "endpoint")]
    [InlineData("""{"endpoint":"tcp://canary","mode":"tcp"}""", "endpoint")]
    [InlineData("""{"endpoint":["h:1","canary:2"],"mode":"tcp"}""", "endpoint")]
    [InlineData("""{"endpoint":"http://h","beat":""}""", "beat")]
    [InlineData("""{"endpoint":"http://h","compression":"zlib"}""", "compression")]
    [InlineData("""{"endpoint":"h","mode":"lumberjack","compression":"gzip"}""", "compression")]
    [InlineData("""{"endpoint":"h:1","mode":"tcp","compression":"gzip"}""", "compression")]
    [InlineData("""{"endpoint":"h:1","mode":"tcp","balancing":"failover"}""", "balancing")]
    [InlineData("""{"endpoint":"h:1","mode":"lumberjack","balancing":"round_robin"}""", "balancing")]
    [InlineData("""{"endpoint":"http://h","replay_tail":1}""", "replay_tail")]
    [InlineData("""{"endpoint":"h","mode":"lumberjack","replay_tail":1}""", "replay_tail")]
    [InlineData("""{"endpoint":"http://h","max_message_bytes":1}""", "max_message_bytes")]
    [InlineData("""{"endpoint":"h:1","mode":"tcp","max_message_bytes":0}""", "max_message_bytes")]
    [InlineData("""{"endpoint":"h:1","mode":"tcp","replay_tail":-1}""", "replay_tail")]
    public void Setting_that_cannot_work_is_named_and_no_address_quoted(string settings, string name)
    {
        SettingsException exception = Assert.Throws<SettingsException>(() => new LogstashFactory().Create(Encoding.UTF8.GetBytes(settings), _context));

        Assert.Equal(name, exception.Setting);
        Assert.DoesNotContain("canary", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"endpoint":"https://h:8080/in"}""", "https://h:8080/in")]
    [InlineData("""{"endpoint":["http://a","http://b"],"mode":"http"}""", "http://a/ http://b/")]
    [InlineData("""{"endpoint":"h","mode":"lumberjack"}""", "tcp://h:5044/")]
    [InlineData("""{"endpoint":["tls://a","tls://b:1"],"mode":"lumberjack"}""", "tls://a:5044/ tls://b:1/")]
    [InlineData("""{"endpoint":"h:7000","mode":"tcp"}""", "tcp://h:7000/")]
    public void Endpoints_are_shown_whole(string settings, string expected) =>
        Assert.Equal(expected, string.Join(' ', new LogstashFactory().Endpoints(Encoding.UTF8.GetBytes(settings)).Select(endpoint => endpoint.AbsoluteUri)));

    [Fact]
    public void Every_setting_is_described_in_the_schema()
    {
        using JsonDocument schema = JsonDocument.Parse(new LogstashFactory().SettingsSchema);

        Assert.All(
            schema.RootElement.GetProperty("properties").EnumerateObject(),
            property => Assert.True(property.Value.TryGetProperty("description", out _), property.Name));
    }
}
