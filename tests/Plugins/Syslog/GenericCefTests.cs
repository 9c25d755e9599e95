using System.Net;
using System.Net.Sockets;
using System.Text;
using AuditHost.Connectors.Syslog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Syslog;

public sealed class GenericCefTests : IDisposable
{
    private const string Cef = "CEF:0|Corp|AuditHost|1.0|LOGIN|Login|8|suser=jürgen";

    private readonly TestFolder _folder = new();
    private readonly GenericCefFactory _factory = new();
    private readonly TestPluginContext _context;

    public GenericCefTests() => _context = new TestPluginContext(_folder.Path);

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"syslog_server":"siem.example:514","facility":"authpriv","hostname":"h"}""", "udp://siem.example:514/")]
    [InlineData("""{"output_type":"tcp","syslog_server":"siem.example:601"}""", "tcp://siem.example:601/")]
    [InlineData("""{"output_type":"tcp","protocol":"tls","syslog_server":"siem.example"}""", "tls://siem.example:6514/")]
    [InlineData("""{"output_type":"udp","syslog_server":"siem.example"}""", "udp://siem.example:514/")]
    [InlineData("""{"output_type":"file","path":"/var/log/audit.cef"}""", "file:///var/log/audit.cef")]
    public void Each_output_has_its_endpoint(string settings, string endpoint)
    {
        Assert.Equal(endpoint, Assert.Single(_factory.Endpoints(Encoding.UTF8.GetBytes(settings))).AbsoluteUri);
        Assert.NotNull(Create(settings));
    }

    [Theory]
    [InlineData("""{}""", "syslog_server")]
    [InlineData("""{"output_type":"file"}""", "path")]
    [InlineData("""{"output_type":"file","path":"a","rotate_bytes":"much"}""", "rotate_bytes")]
    [InlineData("""{"output_type":"udp","protocol":"tls","syslog_server":"h"}""", "protocol")]
    [InlineData("""{"output_type":"pigeon"}""", "output_type")]
    [InlineData("""{"syslog_server":"h","facility":"local9"}""", "facility")]
    [InlineData("""{"syslog_server":"h","app_name":"two words"}""", "app_name")]
    public void Settings_that_cannot_work_are_named(string settings, string name)
    {
        Assert.Equal(name, Assert.Throws<SettingsException>(() => Create(settings)).Setting);
    }

    [Theory]
    [InlineData("""{"syslog_server":"h","path":"a"}""", "path", "output_type file")]
    [InlineData("""{"syslog_server":"h","rotate_every":"daily"}""", "rotate_every", "output_type file")]
    [InlineData("""{"output_type":"udp","syslog_server":"h","keep_files":3}""", "keep_files", "output_type file")]
    [InlineData("""{"output_type":"tcp","syslog_server":"h","fsync":false}""", "fsync", "output_type file")]
    [InlineData("""{"output_type":"tcp","syslog_server":"h","facility":"local3"}""", "facility", "output_type syslog")]
    [InlineData("""{"output_type":"udp","syslog_server":"h","standard":"rfc5424"}""", "standard", "output_type syslog")]
    [InlineData("""{"output_type":"file","path":"a","hostname":"h"}""", "hostname", "output_type syslog")]
    [InlineData("""{"output_type":"file","path":"a","syslog_server":"h"}""", "syslog_server", "output_type syslog")]
    [InlineData("""{"output_type":"file","path":"a","protocol":"tls"}""", "protocol", "output_type syslog")]
    [InlineData("""{"output_type":"file","path":"a","framing":"newline"}""", "framing", "output_type syslog")]
    [InlineData("""{"output_type":"file","path":"a","replay_tail":0}""", "replay_tail", "output_type syslog")]
    public void Setting_of_an_output_that_is_not_chosen_is_refused(string settings, string name, string home)
    {
        SettingsException exception = Assert.Throws<SettingsException>(() => Create(settings));

        Assert.Equal(name, exception.Setting);
        Assert.Contains("has no effect", exception.Message, StringComparison.Ordinal);
        Assert.Contains(home, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"output_type":"file","path":"a","facility":"local0","standard":"rfc3164","replay_tail":2000}""")]
    [InlineData("""{"output_type":"udp","syslog_server":"h","facility":"local0","fsync":true,"rotate_every":"none"}""")]
    public void Default_of_an_output_that_is_not_chosen_passes(string settings) => Assert.NotNull(Create(settings));

    [Theory]
    [InlineData(""" "output_type":"syslog","hostname":"h" """, "<131>Nov 23 20:00:00 h " + Cef)]
    [InlineData(""" "output_type":"udp" """, Cef)]
    public async Task The_header_stands_before_cef_for_syslog_alone(string settings, string expected)
    {
        using var receiver = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)receiver.Client.LocalEndPoint!).Port;
        await using IConnector connector = Create($$"""{"syslog_server":"127.0.0.1:{{port}}",{{settings}}}""");

        await connector.SendAsync(TestBatch.OfPayloads(Cef), Cancelled);

        Assert.Equal(expected, Encoding.UTF8.GetString((await receiver.ReceiveAsync(Cancelled)).Buffer));
    }

    [Fact]
    public async Task Header_of_rfc3164_has_a_padded_day_the_events_host_and_cef_in_the_tags_place()
    {
        AuditEvent auditEvent = TestEvent.Parse(
            """{"event_id":"e","timestamp":"2026-11-05T03:04:09Z","severity":"Critical","context":{"environment":{"hostname":"app 01","process_id":7}}}""");
        using var receiver = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await using IConnector connector = Create($$"""{"syslog_server":"{{receiver.Client.LocalEndPoint}}","facility":"authpriv"}""");

        await connector.SendAsync(new EventBatch(new[] { new OutboundEvent(auditEvent, "log", Encoding.UTF8.GetBytes(Cef)) }, default, "text/plain"), Cancelled);

        Assert.Equal("<82>Nov  5 03:04:09 app01 " + Cef, Encoding.UTF8.GetString((await receiver.ReceiveAsync(Cancelled)).Buffer));
    }

    [Fact]
    public async Task A_file_has_one_message_to_a_line_and_a_bad_one_fails_alone()
    {
        await using IConnector connector = Create("""{"output_type":"file","path":"audit.cef","max_message_bytes":100}""");
        await connector.StartAsync(Cancelled);

        DeliveryResult result = await connector.SendAsync(TestBatch.OfPayloads(Cef, new string('x', 101), "CEF:0|two\nlines"), Cancelled);

        Assert.Equal((1, FailureKind.TooLarge), result.Failures!.Select(failure => (failure.Index, failure.Kind)).Single());
        Assert.Equal("audit.cef:0", result.AcknowledgementId);
        Assert.Equal(Cef + "\nCEF:0|two\\nlines\n", await System.IO.File.ReadAllTextAsync(_folder["audit.cef"], Cancelled));
    }

    private IConnector Create(string settings) => _factory.Create(Encoding.UTF8.GetBytes(settings), _context);
}
