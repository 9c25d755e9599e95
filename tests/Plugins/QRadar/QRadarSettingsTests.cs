using System.Text;
using System.Text.Json;
using AuditHost.Connectors.QRadar;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.QRadar;

public sealed class QRadarSettingsTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    public void Dispose() => _context.Dispose();

    [Fact]
    public void Keys_of_the_given_file_load_and_what_becomes_of_them_is_said()
    {
        const string Given = """{"api_endpoint":"https://qradar.example/api","api_token":"canary","api_version":"11.0","log_source_id":12345}""";

        Assert.NotNull(Create(Given));
        Assert.Equal("tls://qradar.example:6514/", Assert.Single(new QRadarFactory().Endpoints(Encoding.UTF8.GetBytes(Given))).AbsoluteUri);
        string[] warnings = [.. _context.Warnings];
        Assert.Equal(2, warnings.Length);
        Assert.Contains("REST API takes no events", warnings[0], StringComparison.Ordinal);
        Assert.Contains("qradar.example:6514", warnings[0], StringComparison.Ordinal);
        Assert.Contains("api_version 11.0", warnings[1], StringComparison.Ordinal);
        Assert.All(_context.Entries, entry => Assert.DoesNotContain("canary", entry.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"mode":"tls","server":"h"}""", "tls://h:6514/")]
    [InlineData("""{"server":"h:1"}""", "tls://h:1/")]
    [InlineData("""{"mode":"tcp","server":"h"}""", "tcp://h:514/")]
    [InlineData("""{"mode":"udp","server":"[::1]:1514","max_message_bytes":4096}""", "udp://[::1]:1514/")]
    [InlineData("""{"mode":"tcp","api_endpoint":"https://console:8443/x/api/siem"}""", "tcp://console:514/")]
    [InlineData("""{"mode":"http_receiver","api_endpoint":"https://console/api"}""", "https://console:12469/")]
    [InlineData("""{"mode":"http_receiver","receiver_endpoint":"https://h:12469/in?key=canary"}""", "https://h:12469/in")]
    public void Endpoint_follows_from_the_mode(string settings, string expected)
    {
        Assert.NotNull(Create(settings));
        Assert.Equal(expected, Assert.Single(new QRadarFactory().Endpoints(Encoding.UTF8.GetBytes(settings))).AbsoluteUri);
    }

    [Theory]
    [InlineData("""{}""", "server")]
    [InlineData("""{"mode":"http_receiver"}""", "receiver_endpoint")]
    [InlineData("""{"mode":"rest","api_endpoint":"https://h"}""", "mode")]
    [InlineData("""{"api_endpoint":"qradar.example"}""", "api_endpoint")]
    [InlineData("""{"api_endpoint":"https://user:canary@h"}""", "api_endpoint")]
    [InlineData("""{"server":"https://h"}""", "server")]
    [InlineData("""{"server":"h","api_token":"canary"}""", "api_token")]
    [InlineData("""{"api_endpoint":"https://h","api_token":"canary\nSEC: x"}""", "api_token")]
    [InlineData("""{"api_endpoint":"https://h","api_token":""}""", "api_token")]
    [InlineData("""{"api_endpoint":"https://h","api_version":"v11"}""", "api_version")]
    [InlineData("""{"api_endpoint":"https://h","api_version":"11.0.1"}""", "api_version")]
    [InlineData("""{"api_endpoint":"https://h","api_version":""}""", "api_version")]
    [InlineData("""{"api_endpoint":"https://h","api_version":true}""", "api_version")]
    [InlineData("""{"api_endpoint":"https://h","log_source_id":0}""", "log_source_id")]
    [InlineData("""{"server":"h","hostname":"::1"}""", "hostname")]
    [InlineData("""{"server":"h","app_name":"two words"}""", "app_name")]
    [InlineData("""{"server":"h","facility":"local9"}""", "facility")]
    [InlineData("""{"server":"h","max_message_bytes":0}""", "max_message_bytes")]
    [InlineData("""{"server":"h","mode":"udp","max_message_bytes":65508}""", "max_message_bytes")]
    [InlineData("""{"server":"h","replay_tail":-1}""", "replay_tail")]
    public void Setting_that_cannot_work_is_named_and_no_secret_quoted(string settings, string name)
    {
        SettingsException exception = Assert.Throws<SettingsException>(() => Create(settings));

        Assert.Equal(name, exception.Setting);
        Assert.DoesNotContain("canary", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "mode":"tls","receiver_endpoint":"https://h" """, "receiver_endpoint", "http_receiver")]
    [InlineData(""" "mode":"udp","framing":"octet_counting" """, "framing", "tls and tcp")]
    [InlineData(""" "mode":"udp","replay_tail":0 """, "replay_tail", "tls and tcp")]
    [InlineData(""" "mode":"http_receiver","server":"h" """, "server", "tls, tcp and udp")]
    [InlineData(""" "mode":"http_receiver","header":"rfc5424" """, "header", "tls, tcp and udp")]
    [InlineData(""" "mode":"http_receiver","facility":"local3" """, "facility", "tls, tcp and udp")]
    [InlineData(""" "mode":"http_receiver","app_name":"a" """, "app_name", "tls, tcp and udp")]
    [InlineData(""" "mode":"http_receiver","hostname":"h" """, "hostname", "tls, tcp and udp")]
    [InlineData(""" "mode":"http_receiver","max_message_bytes":1 """, "max_message_bytes", "tls, tcp and udp")]
    [InlineData(""" "mode":"http_receiver","framing":"octet_counting" """, "framing", "tls and tcp")]
    [InlineData(""" "mode":"http_receiver","replay_tail":0 """, "replay_tail", "tls and tcp")]
    public void Setting_of_a_mode_that_is_not_chosen_is_refused(string settings, string name, string home)
    {
        SettingsException exception = Assert.Throws<SettingsException>(() => Create($"{{\"api_endpoint\":\"https://h\",{settings}}}"));

        Assert.Equal(name, exception.Setting);
        Assert.Contains($"belongs to mode {home}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"mode":"tls","api_endpoint":"https://h"}""", null)]
    [InlineData("""{"server":"h","api_endpoint":"https://h","api_token":"t","api_version":"26.0","log_source_id":1}""", null)]
    [InlineData("""{"server":"h","api_endpoint":"https://h","api_token":"t","api_version":26.0}""", null)]
    [InlineData("""{"mode":"udp","server":"h","max_message_bytes":4096}""", "loses messages")]
    [InlineData("""{"mode":"udp","server":"h"}""", "1024")]
    [InlineData("""{"server":"h","api_endpoint":"https://h","api_token":"t","api_version":13.1}""", "api_version 13.1")]
    [InlineData("""{"server":"h","api_endpoint":"http://h","api_token":"t"}""", "can be read on the way")]
    [InlineData("""{"server":"h","log_source_id":5}""", "log_source_id")]
    [InlineData("""{"server":"h","api_endpoint":"https://h","log_source_id":5}""", "log_source_id")]
    public void What_an_operator_has_to_know_is_warned_of(string settings, string? said)
    {
        Assert.NotNull(Create(settings));

        if (said is null)
            Assert.Empty(_context.Warnings);
        else
            Assert.Contains(said, _context.Warnings.Last(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"server":"h"}""", BatchContent.Payload)]
    [InlineData("""{"mode":"http_receiver","receiver_endpoint":"https://h"}""", BatchContent.Payload)]
    public void Only_what_is_sent_is_rendered(string settings, BatchContent expected) =>
        Assert.Equal(expected, new QRadarFactory().Content(Encoding.UTF8.GetBytes(settings)));

    [Fact]
    public void Every_setting_is_described_the_token_is_a_secret_and_the_missing_intake_is_said()
    {
        using JsonDocument schema = JsonDocument.Parse(new QRadarFactory().SettingsSchema);
        JsonElement properties = schema.RootElement.GetProperty("properties");

        Assert.All(properties.EnumerateObject(), property => Assert.True(property.Value.TryGetProperty("description", out _), property.Name));
        Assert.Equal(["api_token"], properties.EnumerateObject().Where(property => property.Value.TryGetProperty("writeOnly", out _)).Select(property => property.Name));
        Assert.Contains("takes no events", properties.GetProperty("mode").GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Contains("no intake of events", properties.GetProperty("api_endpoint").GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    private IConnector Create(string settings) => new QRadarFactory().Create(Encoding.UTF8.GetBytes(settings), _context);
}
