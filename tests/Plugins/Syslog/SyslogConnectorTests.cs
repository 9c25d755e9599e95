using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AuditHost.Connectors.Syslog;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Syslog;

public sealed class SyslogConnectorTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestPluginContext _context;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public SyslogConnectorTests()
    {
        _context = new TestPluginContext(_folder.Path);
        _listener.Start();
    }

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("newline", "one\nzwölf\n")]
    [InlineData("octet_counting", "3 one6 zwölf")]
    public async Task Messages_are_framed_as_set(string framing, string expected)
    {
        await using IConnector connector = Create($"\"framing\":\"{framing}\"");
        await connector.StartAsync(Cancelled);
        using TcpClient peer = await _listener.AcceptTcpClientAsync(Cancelled);

        await connector.SendAsync(TestBatch.OfPayloads("one", "zwölf"), Cancelled);

        Assert.Equal(expected, await ReadAsync(peer, Encoding.UTF8.GetByteCount(expected)));
    }

    [Fact]
    public async Task A_line_break_in_a_message_cannot_begin_another_message()
    {
        await using IConnector connector = Create("\"framing\":\"newline\"");
        await connector.StartAsync(Cancelled);
        using TcpClient peer = await _listener.AcceptTcpClientAsync(Cancelled);

        await connector.SendAsync(TestBatch.OfPayloads("a\r\n<110>forged\0b\n", "next"), Cancelled);

        const string Expected = "a\\r\\n<110>forged\\0b\nnext\n";
        Assert.Equal(Expected, await ReadAsync(peer, Expected.Length));
    }

    [Fact]
    public async Task Messages_that_cannot_be_sent_fail_alone()
    {
        await using IConnector connector = Create("\"max_message_bytes\":5");
        await connector.StartAsync(Cancelled);
        using TcpClient peer = await _listener.AcceptTcpClientAsync(Cancelled);

        DeliveryResult result = await connector.SendAsync(TestBatch.OfPayloads("12345", "123456", "", "1234ü", "ok"), Cancelled);

        Assert.Equal("12345\nok\n", await ReadAsync(peer, 9));
        Assert.Equal(
            [(1, FailureKind.TooLarge), (2, FailureKind.Rejected), (3, FailureKind.TooLarge)],
            result.Failures!.Select(failure => (failure.Index, failure.Kind)));
    }

    [Fact]
    public async Task A_peer_that_closed_is_noticed_before_the_next_write_and_gets_the_tail_again()
    {
        var transport = (StreamTransport)SyslogTransport.Create(
            new SyslogTransportOptions(new Uri($"tcp://127.0.0.1:{Port}")) { Framing = SyslogFraming.Newline, ReplayTail = 2 },
            _context);
        await using SyslogConnector connector = new(transport);
        await connector.StartAsync(Cancelled);
        using (TcpClient first = await _listener.AcceptTcpClientAsync(Cancelled))
        {
            foreach (string message in new[] { "one", "two", "three" })
                await connector.SendAsync(TestBatch.OfPayloads(message), Cancelled);
            await ReadAsync(first, 14);
        }

        await transport.Gone.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        DeliveryResult result = await connector.SendAsync(TestBatch.OfPayloads("four"), Cancelled);
        using TcpClient second = await _listener.AcceptTcpClientAsync(Cancelled);

        Assert.True(result.IsDelivered);
        Assert.Equal("two\nthree\nfour\n", await ReadAsync(second, 15));
        Assert.Contains("2 messages", Assert.Single(_context.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_sent_long_before_an_orderly_close_is_not_sent_again()
    {
        var clock = new SteppingClock();
        var context = new TestPluginContext(_folder.Path, clock);
        var transport = (StreamTransport)SyslogTransport.Create(
            new SyslogTransportOptions(new Uri($"tcp://127.0.0.1:{Port}")) { Framing = SyslogFraming.Newline }, context);
        await using SyslogConnector connector = new(transport);
        await connector.StartAsync(Cancelled);
        using (TcpClient first = await _listener.AcceptTcpClientAsync(Cancelled))
        {
            await connector.SendAsync(TestBatch.OfPayloads("old"), Cancelled);
            clock.Advance(TimeSpan.FromSeconds(11));
            await connector.SendAsync(TestBatch.OfPayloads("new"), Cancelled);
            await ReadAsync(first, 8);
        }

        await transport.Gone.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        await connector.SendAsync(TestBatch.OfPayloads("next"), Cancelled);
        using TcpClient second = await _listener.AcceptTcpClientAsync(Cancelled);

        Assert.Equal("new\nnext\n", await ReadAsync(second, 9));
    }

    [Fact]
    public async Task A_peer_that_does_not_read_is_left_when_the_deadline_comes()
    {
        await using IConnector connector = Create("\"max_message_bytes\":100000000");
        await connector.StartAsync(Cancelled);
        using TcpClient deaf = await _listener.AcceptTcpClientAsync(Cancelled);
        using var deadline = new CancellationTokenSource();

        Task<DeliveryResult> send = connector.SendAsync(TestBatch.OfPayloads(new string('x', 50_000_000)), deadline.Token).AsTask();
        await deadline.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send);
        await connector.SendAsync(TestBatch.OfPayloads("after"), Cancelled);
        using TcpClient second = await _listener.AcceptTcpClientAsync(Cancelled);

        Assert.Equal("after\n", await ReadAsync(second, 6));
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_fails_the_start_and_the_probe()
    {
        await using IConnector connector = Create(string.Empty);
        _listener.Stop();

        await Assert.ThrowsAsync<IOException>(async () => await connector.StartAsync(Cancelled));
        await Assert.ThrowsAsync<IOException>(async () => await connector.ProbeAsync(Cancelled));
        await Assert.ThrowsAsync<IOException>(async () => await connector.SendAsync(TestBatch.OfPayloads("one"), Cancelled));
    }

    [Fact]
    public async Task Each_message_is_a_datagram_with_udp()
    {
        using var receiver = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await using IConnector connector = Create(new SyslogFactory(), $$"""{"server":"127.0.0.1:{{((IPEndPoint)receiver.Client.LocalEndPoint!).Port}}"}""");

        DeliveryResult result = await connector.SendAsync(TestBatch.OfPayloads("one", new string('x', 65_508), "two\nlines"), Cancelled);

        Assert.Equal((1, FailureKind.TooLarge), result.Failures!.Select(failure => (failure.Index, failure.Kind)).Single());
        Assert.Equal("one", Encoding.UTF8.GetString((await receiver.ReceiveAsync(Cancelled)).Buffer));
        Assert.Equal("two\nlines", Encoding.UTF8.GetString((await receiver.ReceiveAsync(Cancelled)).Buffer));
    }

    [Fact]
    public async Task Dispose_works_twice_and_without_a_start()
    {
        IConnector connector = Create(string.Empty);

        await connector.DisposeAsync();
        await connector.DisposeAsync();
    }

    [Theory]
    [InlineData("""{}""", "")]
    [InlineData("""{"server":""}""", "server")]
    [InlineData("""{"server":"tcp://host:514"}""", "server")]
    [InlineData("""{"server":"host:0"}""", "server")]
    [InlineData("""{"server":"host:99999"}""", "server")]
    [InlineData("""{"server":"user@host:514"}""", "server")]
    [InlineData("""{"server":"host:514/path"}""", "server")]
    [InlineData("""{"server":"h","protocol":"sctp"}""", "protocol")]
    [InlineData("""{"server":"h","framing":"newline"}""", "framing")]
    [InlineData("""{"server":"h","protocol":"tls","framing":"newline"}""", "framing")]
    [InlineData("""{"server":"h","max_message_bytes":65508}""", "max_message_bytes")]
    [InlineData("""{"server":"h","max_message_bytes":0}""", "max_message_bytes")]
    [InlineData("""{"server":"h","replay_tail":-1}""", "replay_tail")]
    public void Settings_that_cannot_work_are_named(string settings, string name)
    {
        Assert.Equal(name, Assert.Throws<SettingsException>(() => Create(new SyslogFactory(), settings)).Setting);
    }

    [Theory]
    [InlineData("""{"server":"host"}""", "udp://host:514/")]
    [InlineData("""{"server":"host:1514","protocol":"tcp"}""", "tcp://host:1514/")]
    [InlineData("""{"server":"[::1]","protocol":"tls"}""", "tls://[::1]:6514/")]
    public void Endpoint_has_the_usual_port_unless_another_is_named(string settings, string endpoint)
    {
        Assert.Equal(endpoint, Assert.Single(new SyslogFactory().Endpoints(Encoding.UTF8.GetBytes(settings))).AbsoluteUri);
    }

    [Theory]
    [InlineData("udp", SyslogFraming.Newline, 65_507)]
    [InlineData("tcp", SyslogFraming.Newline, 8192)]
    [InlineData("tls", SyslogFraming.OctetCounting, 8192)]
    public void Settings_left_out_have_the_defaults_of_the_protocol(string protocol, SyslogFraming framing, int maxMessageBytes)
    {
        SyslogSettings settings = JsonSerializer.Deserialize($$"""{"server":"h","protocol":"{{protocol}}"}""", SettingsContext.Default.SyslogSettings)!;

        SyslogTransportOptions options = settings.ToOptions();

        Assert.Equal((framing, maxMessageBytes, 2000), (options.Framing, options.MaxMessageBytes, options.ReplayTail));
    }

    [Fact]
    public void Every_setting_is_described_in_the_schema()
    {
        foreach (ReadOnlyMemory<byte> text in new[] { new SyslogFactory().SettingsSchema, new GenericCefFactory().SettingsSchema })
        {
            using JsonDocument schema = JsonDocument.Parse(text);
            foreach (JsonProperty property in schema.RootElement.GetProperty("properties").EnumerateObject())
                Assert.True(property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty("description", out _), property.Name);
        }
    }

    private static async Task<string> ReadAsync(TcpClient peer, int bytes)
    {
        byte[] buffer = new byte[bytes];
        await peer.GetStream().ReadExactlyAsync(buffer, Cancelled);
        return Encoding.UTF8.GetString(buffer);
    }

    private IConnector Create(string keys) =>
        Create(new SyslogFactory(), $"{{\"server\":\"127.0.0.1:{Port}\",\"protocol\":\"tcp\"{(keys.Length > 0 ? "," : "")}{keys}}}");

    private IConnector Create(ConnectorFactory factory, string settings) => factory.Create(Encoding.UTF8.GetBytes(settings), _context);

    private sealed class SteppingClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
