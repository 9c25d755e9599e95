using System.Text;
using System.Text.Json;
using AuditHost.Connectors.Fluentd;
using AuditHost.Fakes.Fluentd;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Fluentd;

public sealed class FluentdSettingsTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _context.Dispose();

    [Theory]
    [InlineData("""{"endpoint":""}""", "endpoint")]
    [InlineData("""{"endpoint":[]}""", "endpoint")]
    [InlineData("""{"endpoint":["h","h:24224"]}""", "endpoint")]
    [InlineData("""{"endpoint":["h","http://canary"]}""", "endpoint[1]")]
    [InlineData("""{"endpoint":"https://canary:24224"}""", "endpoint")]
    [InlineData("""{"endpoint":"udp://canary:24224"}""", "endpoint")]
    [InlineData("""{"endpoint":"tls://user:canary@h"}""", "endpoint")]
    [InlineData("""{"endpoint":"tls://h/canary"}""", "endpoint")]
    [InlineData("""{"endpoint":"tls://h:0"}""", "endpoint")]
    [InlineData("""{"endpoint":"h:canary"}""", "endpoint")]
    [InlineData("""{"endpoint":"h","tag":""}""", "tag")]
    [InlineData("""{"endpoint":"h","tag":"a b"}""", "tag")]
    [InlineData("""{"endpoint":"h","tag":"{{ audit. }}"}""", "tag")]
    [InlineData("""{"endpoint":"h","compression":"zstd"}""", "compression")]
    [InlineData("""{"endpoint":"h","max_chunk_bytes":1023}""", "max_chunk_bytes")]
    [InlineData("""{"endpoint":"h","max_chunk_bytes":67108865}""", "max_chunk_bytes")]
    [InlineData("""{"endpoint":"h","shared_key":""}""", "shared_key")]
    [InlineData("""{"endpoint":"h","shared_key":"k","username":"u"}""", "password")]
    [InlineData("""{"endpoint":"h","shared_key":"k","password":"canary"}""", "username")]
    [InlineData("""{"endpoint":"h","username":"u","password":"canary"}""", "username")]
    [InlineData("""{"endpoint":"h","hostname":"relay"}""", "hostname")]
    [InlineData("""{"endpoint":"h","shared_key":"k","hostname":""}""", "hostname")]
    public void Setting_that_cannot_work_is_named_and_no_value_quoted(string settings, string name)
    {
        SettingsException exception = Assert.Throws<SettingsException>(
            () => new FluentdFactory().Create(Encoding.UTF8.GetBytes(settings), new TemplatingContext(_context)));

        Assert.Equal(name, exception.Setting);
        Assert.DoesNotContain("canary", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"h\"", "tcp://h:24224/")]
    [InlineData("\"h:1\"", "tcp://h:1/")]
    [InlineData("\"[::1]\"", "tcp://[::1]:24224/")]
    [InlineData("\"tcp://h\"", "tcp://h:24224/")]
    [InlineData("[\"tls://a\",\"tls://b:2\"]", "tls://a:24224/ tls://b:2/")]
    public void Endpoint_has_the_usual_port(string endpoint, string expected) => Assert.Equal(
        expected,
        string.Join(' ', new FluentdFactory().Endpoints(Encoding.UTF8.GetBytes($$"""{"endpoint":{{endpoint}}}""")).Select(one => one.AbsoluteUri)));

    [Fact]
    public async Task Tag_without_marks_of_a_template_is_taken_as_it_stands()
    {
        await using var input = new ForwardInput();

        // The kit's context compiles no templates and would say so.
        await using IConnector connector = FluentdTest.Create(_context, input, ""","tag":"copybook.audit" """);
        await connector.SendAsync(FluentdTest.Batch(1), Cancelled);

        Assert.Equal("copybook.audit", Assert.Single(input.Events).Tag);
    }

    [Fact]
    public void Secrets_are_marked_and_every_setting_described()
    {
        using JsonDocument schema = JsonDocument.Parse(new FluentdFactory().SettingsSchema);
        JsonProperty[] properties = [.. schema.RootElement.GetProperty("properties").EnumerateObject()];

        Assert.Equal(["shared_key", "password"], properties.Where(property => property.Value.TryGetProperty("writeOnly", out _)).Select(property => property.Name));
        Assert.All(properties, property => Assert.True(property.Value.TryGetProperty("description", out _), property.Name));
    }
}
