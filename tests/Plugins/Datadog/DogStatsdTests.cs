using System.Net.Sockets;
using System.Text;
using AuditHost.Connectors.Datadog;
using AuditHost.Fakes.Datadog;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.Datadog;

/// <summary>Metrics by an Agent.</summary>
public sealed class DogStatsdTests : DatadogTest
{
    [Fact]
    public async Task Lines_are_packed_into_one_datagram()
    {
        using var agent = new StatsdServer();
        await using IConnector connector = Open(agent.Address);

        DeliveryResult result = await connector.SendAsync(Batch(2, Transformation), Cancellation);
        IReadOnlyList<StatsdSample> samples = await agent.ReceiveAsync(1, Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Equal(
            [
                "copybook.audit.events c 2 service:audithost,env:prod,event_type:datatransformation,severity:info,operation:decode",
                "copybook.performance.throughput_mbps g 84.5 service:audithost,env:prod,operation:decode",
                "copybook.performance.memory_mb g 64 service:audithost,env:prod,operation:decode",
                "copybook.performance.duration_ms d 1500:1500 service:audithost,env:prod,operation:decode",
            ],
            samples.Select(sample => $"{sample.Name} {sample.Type} {string.Join(':', sample.Values)} {string.Join(',', sample.Tags)}"));
        Assert.Contains("without a word", Assert.Single(Context.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fits_no_datagram_goes_in_several()
    {
        using var agent = new StatsdServer();
        await using IConnector connector = Open(agent.Address);
        OutboundEvent[] events =
        [
            .. Enumerable.Range(0, 200).Select(i => Batch(1, Transformation.Replace("1500", $"{i + 0.123456789}", StringComparison.Ordinal), first: 1 + i)[0]),
            .. Enumerable.Range(0, 40).Select(i => Batch(1, $"\"event_type\":\"type-{i}\"", first: 201 + i)[0]),
        ];

        Assert.True((await connector.SendAsync(new EventBatch(events, default, "application/json"), Cancellation)).IsDelivered);
        var samples = new List<StatsdSample>();
        int datagrams = 0;
        for (; samples.Where(sample => sample.Type == "d").Sum(sample => sample.Values.Count) < 200; datagrams++)
            samples.AddRange(await agent.ReceiveAsync(1, Cancellation));

        Assert.InRange(datagrams, 4, 10);
        Assert.Equal(0, agent.Available);
        Assert.Equal(240, samples.Where(sample => sample.Name == "copybook.audit.events").Sum(sample => sample.Values.Sum()));
    }

    [Fact]
    public async Task A_unix_socket_takes_them_too()
    {
        string path = Path.Combine(Path.GetTempPath(), $"dsd-{Guid.NewGuid():N}.socket");
        try
        {
            using var agent = new StatsdServer(path);
            using var context = new UnixDatagramContext(Context);
            await using IConnector connector = new DatadogFactory().Create(
                Encoding.UTF8.GetBytes($$"""{"send":["dogstatsd"],"dogstatsd_endpoint":"unix:{{path}}"}"""), context);

            Assert.True((await connector.SendAsync(Batch(3), Cancellation)).IsDelivered);

            Assert.Equal(3, (await agent.ReceiveAsync(1, Cancellation)).Single(sample => sample.Name == "copybook.audit.events").Values[0]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task An_agent_that_went_away_is_noticed_when_the_kernel_says_so()
    {
        var agent = new StatsdServer();
        Uri address = agent.Address;
        await using IConnector connector = Open(address);
        Assert.True((await connector.SendAsync(Batch(1), Cancellation)).IsDelivered);
        agent.Dispose();

        // The first datagram finds nobody, which the kernel says with the next.
        await connector.SendAsync(Batch(1, first: 2), Cancellation);

        await Assert.ThrowsAsync<IOException>(async () => await connector.SendAsync(Batch(1, first: 3), Cancellation));
    }

    [Fact]
    public async Task A_probe_opens_the_socket_and_asks_nobody()
    {
        using var agent = new StatsdServer();
        await using IConnector connector = Open(agent.Address);

        await connector.ProbeAsync(Cancellation);

        Assert.Empty(Fake.Requests);
        Assert.Equal(0, agent.Available);
    }

    private IConnector Open(Uri address) => new DatadogFactory().Create(
        Encoding.UTF8.GetBytes($$"""{"send":["dogstatsd"],"environment":"prod","dogstatsd_endpoint":"{{address}}"}"""), Context);

    /// <summary>Connects to datagram sockets under a path, as the host does.</summary>
    private sealed class UnixDatagramContext(PluginContext inner) : PluginContext, IDisposable
    {
        public override string Destination => inner.Destination;

        public override HttpClient Http => inner.Http;

        public override TimeProvider Time => inner.Time;

        public override TlsPolicy Tls => inner.Tls;

        public override async ValueTask<Stream> ConnectAsync(Uri endpoint, CancellationToken cancellationToken)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(endpoint.AbsolutePath), cancellationToken);
            return new DatagramWriter(socket);
        }

        public override IEventFormatter CompileTemplate(string source, string contentType = "text/plain") => inner.CompileTemplate(source, contentType);

        public override string ResolvePath(string path) => inner.ResolvePath(path);

        public override void Log(System.Diagnostics.Tracing.EventLevel level, string message, Exception? exception = null) => inner.Log(level, message, exception);

        public void Dispose()
        {
        }
    }

    private sealed class DatagramWriter(Socket socket) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            await socket.SendAsync(buffer, SocketFlags.None, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            socket.Dispose();
            base.Dispose(disposing);
        }
    }
}
