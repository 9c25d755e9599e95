using System.Text;
using AuditHost.Connectors.QRadar;
using AuditHost.Formats.Leef;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Plugins.Tests.Leef;
using AuditHost.Plugins.Tests.Syslog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using SampleEvents = AuditHost.Plugins.Tests.Formats.SampleEvents;

namespace AuditHost.Plugins.Tests.QRadar;

/// <summary>That LEEF arrives at a real log daemon byte for byte, whatever carries it.</summary>
public abstract class QRadarReceiverTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly TestCertificates _certificates;
    private readonly Receiver _receiver;
    private readonly TestPluginContext _context;

    private protected QRadarReceiverTests(Func<string, TestCertificates, Receiver> create)
    {
        _certificates = new TestCertificates(_folder.Path);
        _receiver = create(_folder.Path, _certificates);
        _context = new TestPluginContext(_folder.Path, authority: _certificates.Authority);
    }

    public static TheoryData<string, string, string> Ways =>
    [
        ("tls", "rfc5424", "^"), ("tls", "rfc5424", "x09"), ("tls", "rfc3164", "^"),
        ("newline", "rfc5424", "x09"), ("newline", "rfc3164", "^"), ("newline", "rfc3164", "x09"),
        ("octet_counting", "rfc5424", "^"), ("udp", "rfc5424", "x09"), ("udp", "rfc3164", "^"),
    ];

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _receiver.StartAsync(Cancelled);

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        _context.Dispose();
        _certificates.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Leef_arrives_byte_for_byte(string way, string header, string delimiter)
    {
        IEventFormatter formatter = Rendering.Create(new LeefFormatterFactory(), $$"""{"delimiter":"{{delimiter}}"}""");
        AuditEvent[] events = [.. Enumerable.Range(0, 10).Select(SampleEvents.Parse), Hostile(11), Long(12)];
        string[] sent = [.. events.Select(formatter.Render)];
        OutboundEvent[] outbound = [.. events.Select((auditEvent, index) => new OutboundEvent(auditEvent, "log", Encoding.UTF8.GetBytes(sent[index])))];
        await using IConnector connector = Create(way, header);
        await connector.StartAsync(Cancelled);

        DeliveryResult result = await connector.SendAsync(new EventBatch(outbound, default, formatter.ContentType), Cancelled);
        IReadOnlyList<ReceivedMessage> received = await _receiver.ReceiveAsync("sequence=", sent.Length, Cancelled);

        Assert.True(result.IsDelivered);

        // By RFC 3164 the beginning of the event is the tag that the header lacks.
        Assert.Equal(sent, received.Select(message => header == "rfc5424" ? message.Message : $"{message.App}:{message.Message.TrimStart()}"));
        Assert.All(received.Take(10), message => Assert.Equal("cbproc-01", message.Host));
        Assert.Equal(["133", "132", "134", "132", "131", "131", "134", "130", "132", "132"], received.Take(10).Select(message => message.Priority));
        Assert.All(received, message => LeefLine.Parse(header == "rfc5424" ? message.Message : $"{message.App}:{message.Message.TrimStart()}"));
    }

    private static AuditEvent Hostile(ulong sequence) => TestEvent.Parse(
        """{"event_id":"e-11","timestamp":"2026-03-31T06:52:12Z","event_type":"x","context":{"user":"a\n<110>1 - forged\u0000^\t|= 漢字 🚀 ","environment":{"hostname":"h"}}}""", sequence);

    private static AuditEvent Long(ulong sequence) => TestEvent.Parse(
        """{"event_id":"e-12","timestamp":"2026-03-31T06:52:12Z","event_type":"ErrorEvent","context":{"operation_id":"*","environment":{"hostname":"h"},"security":{"classification":"*"}},"source":"*","payload":{"data":{"error_code":"*","error_message":"*"}}}"""
            .Replace("*", new string('ü', 5000)), sequence);

    private IConnector Create(string way, string header)
    {
        (int port, string keys) = way switch
        {
            "newline" => (_receiver.TcpPort, "\"mode\":\"tcp\""),
            "octet_counting" => (_receiver.OctetPort, "\"mode\":\"tcp\",\"framing\":\"octet_counting\""),
            "tls" => (_receiver.TlsPort, $"\"mode\":\"tls\",\"framing\":\"{TlsFraming}\""),
            _ => (_receiver.UdpPort, "\"mode\":\"udp\",\"max_message_bytes\":4096"),
        };
        return new QRadarFactory().Create(Encoding.UTF8.GetBytes($"{{\"server\":\"127.0.0.1:{port}\",\"header\":\"{header}\",{keys}}}"), _context);
    }

    private protected abstract string TlsFraming { get; }
}
