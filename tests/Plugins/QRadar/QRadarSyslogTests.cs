using System.Net;
using System.Net.Sockets;
using System.Text;
using AuditHost.Connectors.QRadar;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.QRadar;

public sealed class QRadarSyslogTests : IDisposable
{
    private const string Leef = "LEEF:2.0|Corp|App|1.0|LOGIN|^|devTime=1795464000000^usrName=jürgen";

    private readonly TestPluginContext _context = new();

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _context.Dispose();

    [Theory]
    [InlineData("""{"hostname":"app01"}""", "", "<131>Nov 23 20:00:00 app01 ")]
    [InlineData("""{"hostname":"app01"}""", ""","facility":"authpriv" """, "<83>Nov 23 20:00:00 app01 ")]
    [InlineData("""{"hostname":"app 01"}""", "", "<131>Nov 23 20:00:00 app01 ")]
    [InlineData("""{"hostname":"app01"}""", ""","hostname":"siem-source" """, "<131>Nov 23 20:00:00 siem-source ")]
    [InlineData("""{"hostname":"2001:db8::1"}""", "", "<131>Nov 23 20:00:00 MACHINE ")]
    [InlineData("""{}""", "", "<131>Nov 23 20:00:00 MACHINE ")]
    [InlineData("""{"hostname":"app01"}""", ""","header":"rfc5424" """, "<131>1 2026-11-23T20:00:00.123Z app01 audithost - - - ")]
    [InlineData("""{"hostname":"2001:db8::1"}""", ""","header":"rfc5424","app_name":"my-app" """, "<131>1 2026-11-23T20:00:00.123Z MACHINE my-app - - - ")]
    public async Task Header_is_as_the_guide_has_it_and_never_has_an_ipv6_address(string environment, string further, string expected)
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await using IConnector connector = Create($$"""{"mode":"udp","server":"{{socket.Client.LocalEndPoint}}"{{further}}}""");
        AuditEvent auditEvent = TestEvent.Parse(
            """{"event_id":"e","timestamp":"2026-11-23T20:00:00.1239999Z","severity":"High","context":{"environment":*}}""".Replace("*", environment));

        await connector.SendAsync(new EventBatch(new[] { new OutboundEvent(auditEvent, "log", Encoding.UTF8.GetBytes(Leef)) }, default, "text/plain"), Cancelled);

        Assert.Equal(
            expected.Replace("MACHINE", Environment.MachineName) + Leef, Encoding.UTF8.GetString((await socket.ReceiveAsync(Cancelled)).Buffer));
    }

    [Theory]
    [InlineData("", "\n")]
    [InlineData(""","framing":"octet_counting" """, "")]
    public async Task Messages_stand_on_lines_unless_a_relay_counts_octets(string further, string end)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using IConnector connector = Create($$"""{"mode":"tcp","server":"{{listener.LocalEndpoint}}","hostname":"h"{{further}}}""");
        await connector.StartAsync(Cancelled);
        using TcpClient peer = await listener.AcceptTcpClientAsync(Cancelled);

        DeliveryResult result = await connector.SendAsync(TestBatch.OfPayloads(Leef, new string('x', 4096), Leef), Cancelled);
        string message = $"<131>Nov 23 20:00:00 h {Leef}";
        int octets = Encoding.UTF8.GetByteCount(message);
        string expected = end.Length > 0 ? $"{message}\n{message}\n" : $"{octets} {message}{octets} {message}";
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(expected)];
        await peer.GetStream().ReadExactlyAsync(bytes, Cancelled);

        Assert.Equal(expected, Encoding.UTF8.GetString(bytes));
        Assert.Equal([(1, FailureKind.TooLarge)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
    }

    private IConnector Create(string settings) => new QRadarFactory().Create(Encoding.UTF8.GetBytes(settings), _context);
}
