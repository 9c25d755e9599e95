using System.Globalization;
using System.Text;
using AuditHost.Connectors.Syslog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Syslog;

/// <summary>What a real log daemon understands of the messages sent to it.</summary>
public abstract class ReceiverTests : IAsyncLifetime
{
    private const string StructuredData = """[audit@32473 eventId="e-1" user="J\"o\\e\]"][meta sequenceId="7"]""";

    private readonly TestFolder _folder = new();
    private readonly TestCertificates _certificates;
    private readonly Receiver _receiver;

    private protected ReceiverTests(Func<string, TestCertificates, Receiver> create)
    {
        _certificates = new TestCertificates(_folder.Path);
        _receiver = create(_folder.Path, _certificates);
        Context = new TestPluginContext(_folder.Path, authority: _certificates.Authority);
    }

    public static TheoryData<string> Transports => ["newline", "octet_counting", "tls", "udp"];

    private protected TestPluginContext Context { get; }

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _receiver.StartAsync(Cancelled);

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        _certificates.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Messages_of_rfc5424_are_understood_as_they_were_sent(string transport)
    {
        string[] texts =
        [
            "first of all",
            "grüße \"quoted\" ] € 漢字 🚀 back\\slash",
            "long " + new string('x', 7_895),
        ];
        await using IConnector connector = Create("syslog", transport, max: transport == "udp" ? null : 8192);
        await connector.StartAsync(Cancelled);

        DeliveryResult result = await connector.SendAsync(
            TestBatch.OfPayloads([.. texts.Select(text => $"<110>1 2026-11-23T20:00:00.123456Z app01 auditd 42 LOGIN {StructuredData} {text}")]), Cancelled);
        var received = await _receiver.ReceiveAsync("LOGIN", texts.Length, Cancelled);

        Assert.True(result.IsDelivered);
        Assert.Equal(texts, received.Select(message => message.Message));
        Assert.All(received, message =>
        {
            Assert.Equal(("110", "app01", "auditd", "42", "LOGIN"), (message.Priority, message.Host, message.App, message.ProcessId, message.MessageId));
            Assert.Equal(StructuredData, message.StructuredData);
            Assert.Equal(
                new DateTimeOffset(2026, 11, 23, 20, 0, 0, TimeSpan.Zero).AddMicroseconds(123456),
                DateTimeOffset.Parse(message.Time, CultureInfo.InvariantCulture));
        });
    }

    [Theory]
    [InlineData("newline", "rfc3164")]
    [InlineData("octet_counting", "rfc5424")]
    [InlineData("tls", "rfc5424")]
    [InlineData("udp", "rfc3164")]
    public async Task Cef_in_a_syslog_header_is_understood(string transport, string standard)
    {
        const string Extension = """|Corp|AuditHost|1.0|LOGIN|User \| login|8|suser=jürgen msg=a\=b c:\\temp""";
        await using IConnector connector = Create("generic_cef", transport, standard: standard);

        DeliveryResult result = await connector.SendAsync(TestBatch.OfPayloads("CEF:0" + Extension), Cancelled);
        ReceivedMessage received = Assert.Single(await _receiver.ReceiveAsync("AuditHost|1.0", 1, Cancelled));

        Assert.True(result.IsDelivered);

        // Facility local0 (16) and the event's severity High (3).
        Assert.Equal("131", received.Priority);
        Assert.Equal("siem-source", received.Host);
        if (standard == "rfc5424")
            Assert.Equal(("audithost", "CEF:0" + Extension), (received.App, received.Message));
        else
            Assert.Equal(("CEF", "0" + Extension), (received.App, received.Message.TrimStart()));
    }

    [Theory]
    [InlineData("newline")]
    [InlineData("tls")]
    public async Task A_receiver_that_is_killed_and_comes_back_has_everything(string transport)
    {
        const int Batches = 40;
        const int BatchSize = 25;
        const int Tail = 400;
        await using IConnector connector = Create("syslog", transport, max: 8192, tail: Tail);
        int restarts = 0;

        for (int batch = 0; batch < Batches; batch++)
        {
            if (batch is 15 or 30)
            {
                // What the daemon holds in memory may be lost with it, so the loss has to stay within the tail.
                await _receiver.ReceiveAsync("stream-", (batch * BatchSize) - (Tail / 2), Cancelled);
                await _receiver.KillAsync();
            }

            EventBatch events = TestBatch.OfPayloads([.. Enumerable.Range(batch * BatchSize, BatchSize).Select(Numbered)]);
            while (!await TrySendAsync(connector, events))
            {
                restarts++;
                await _receiver.StartAsync(Cancelled);
            }
        }

        var received = await _receiver.ReceiveAsync("stream-", Batches * BatchSize, Cancelled);

        Assert.Equal(2, restarts);
        Assert.Equal(Batches * BatchSize, received.Select(message => message.Message).Distinct().Count());
        Assert.InRange(received.Count - (Batches * BatchSize), 0, 2 * (Tail + (2 * BatchSize)));
    }

    [Fact]
    public async Task Probe_reaches_the_receiver_and_leaves_no_message()
    {
        await using IConnector connector = Create("syslog", "tls");

        await connector.ProbeAsync(Cancelled);
        await connector.SendAsync(TestBatch.OfPayloads(Numbered(1)), Cancelled);

        Assert.Single(await _receiver.ReceiveAsync("stream-", 1, Cancelled));
    }

    [Fact]
    public async Task A_receiver_whose_authority_is_not_trusted_gets_nothing()
    {
        var stranger = new TestPluginContext(_folder.Path);
        await using IConnector connector = new SyslogFactory().Create(
            Encoding.UTF8.GetBytes($$"""{"server":"127.0.0.1:{{_receiver.TlsPort}}","protocol":"tls"}"""), stranger);

        await Assert.ThrowsAsync<IOException>(async () => await connector.StartAsync(Cancelled));
    }

    private static string Numbered(int number) => $"<110>1 2026-11-23T20:00:00Z app01 auditd 42 LOGIN - stream-{number:00000}";

    private static async Task<bool> TrySendAsync(IConnector connector, EventBatch batch)
    {
        try
        {
            return (await connector.SendAsync(batch, Cancelled)).IsDelivered;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private IConnector Create(string type, string transport, int? max = null, int tail = 2000, string standard = "rfc5424")
    {
        (int port, string keys) = transport switch
        {
            "newline" => (_receiver.TcpPort, "\"protocol\":\"tcp\""),
            "octet_counting" => (_receiver.OctetPort, "\"protocol\":\"tcp\",\"framing\":\"octet_counting\""),
            "tls" => (_receiver.TlsPort, "\"protocol\":\"tls\""),
            _ => (_receiver.UdpPort, "\"protocol\":\"udp\""),
        };
        string limit = max is null ? "null" : max.Value.ToString(CultureInfo.InvariantCulture);
        string common = $"{keys},\"max_message_bytes\":{limit},\"replay_tail\":{tail}";
        return type == "syslog"
            ? new SyslogFactory().Create(Encoding.UTF8.GetBytes($"{{\"server\":\"127.0.0.1:{port}\",{common}}}"), Context)
            : new GenericCefFactory().Create(
                Encoding.UTF8.GetBytes($"{{\"syslog_server\":\"127.0.0.1:{port}\",\"standard\":\"{standard}\",\"hostname\":\"siem-source\",{common}}}"), Context);
    }
}
