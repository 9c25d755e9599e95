using System.Security.Cryptography.X509Certificates;
using AuditHost.Fakes.WebSockets;
using AuditHost.Plugins.Tests.Syslog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.WebSockets;

/// <summary>How a connection is opened, and what it means that it is refused.</summary>
public sealed class UpgradeTests : IDisposable
{
    private const string Close = "Content-Length: 0\r\nConnection: close\r\n\r\n";

    private readonly TestPluginContext _context = new();

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _context.Dispose();

    [Theory]
    [InlineData("400 Bad Request", FailureKind.Misconfigured)]
    [InlineData("401 Unauthorized", FailureKind.Misconfigured)]
    [InlineData("403 Forbidden", FailureKind.Misconfigured)]
    [InlineData("404 Not Found", FailureKind.Misconfigured)]
    [InlineData("408 Request Timeout", FailureKind.Transient)]
    [InlineData("413 Content Too Large", FailureKind.Misconfigured)]
    [InlineData("426 Upgrade Required", FailureKind.Misconfigured)]
    [InlineData("429 Too Many Requests", FailureKind.Throttled)]
    [InlineData("500 Internal Server Error", FailureKind.Transient)]
    [InlineData("503 Service Unavailable", FailureKind.Transient)]
    [InlineData("200 OK", FailureKind.Misconfigured)]
    [InlineData("302 Found", FailureKind.Misconfigured)]
    public async Task Refusal_is_never_the_events_fault(string status, FailureKind kind)
    {
        await using var collector = new WebSocketCollector(new CollectorRules { Refusal = $"HTTP/1.1 {status}\r\n{Close}" });
        await using IConnector connector = WebSocketTest.Create(_context, collector);

        DeliveryResult result = await connector.SendAsync(WebSocketTest.Batch(3), Cancelled);

        Assert.Equal((kind, int.Parse(status[..3], System.Globalization.CultureInfo.InvariantCulture)), (result.Kind, result.Status!.Value));
        collector.Rules.Refusal = null;
        Assert.True((await connector.SendAsync(WebSocketTest.Batch(3), Cancelled)).IsDelivered);
    }

    [Fact]
    public async Task Wait_that_the_server_asks_for_is_passed_on()
    {
        await using var collector = new WebSocketCollector(new CollectorRules { Refusal = $"HTTP/1.1 503 Busy\r\nRetry-After: 7\r\n{Close}" });
        await using IConnector connector = WebSocketTest.Create(_context, collector);

        DeliveryResult result = await connector.SendAsync(WebSocketTest.Batch(1), Cancelled);

        Assert.Equal((FailureKind.Throttled, TimeSpan.FromSeconds(7)), (result.Kind, result.RetryAfter));
        Assert.Equal("HTTP 503", (await Assert.ThrowsAnyAsync<IOException>(async () => await connector.StartAsync(Cancelled))).Message);
    }

    [Theory]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", "proof")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n", "proof")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n", "another protocol")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: keep-alive\r\n\r\n", "another protocol")]
    public async Task Server_that_proves_nothing_is_no_websocket_server(string answer, string reason)
    {
        await using var collector = new WebSocketCollector(new CollectorRules { Refusal = answer });
        await using IConnector connector = WebSocketTest.Create(_context, collector);

        DeliveryResult result = await connector.SendAsync(WebSocketTest.Batch(1), Cancelled);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("audit.v1", "audit.v1", true)]
    [InlineData("audit.v2", "audit.v1", false)]
    [InlineData(null, "audit.v1", false)]
    [InlineData("audit.v1", null, true)]
    public async Task Subprotocol_has_to_be_agreed_on(string? spoken, string? asked, bool isTaken)
    {
        await using var collector = new WebSocketCollector(new CollectorRules { Subprotocol = spoken });
        await using IConnector connector = WebSocketTest.Create(_context, collector, asked is null ? string.Empty : $""","subprotocol":"{asked}" """);

        DeliveryResult result = await connector.SendAsync(WebSocketTest.Batch(1), Cancelled);

        Assert.Equal(isTaken ? 0 : FailureKind.Misconfigured, result.Kind);
        Assert.Equal(asked is null ? [] : [asked], collector.Upgrades.Single().Subprotocols);
    }

    [Fact]
    public async Task Credentials_of_the_destination_go_with_the_upgrade()
    {
        using var authenticated = new TestPluginContext(credential: "s3cret");
        await using var collector = new WebSocketCollector(new CollectorRules { Authorization = "Bearer s3cret" });
        await using IConnector connector = WebSocketTest.Create(authenticated, collector);
        await using IConnector stranger = WebSocketTest.Create(_context, collector);

        Assert.True((await connector.SendAsync(WebSocketTest.Batch(1), Cancelled)).IsDelivered);
        Assert.Equal(FailureKind.Misconfigured, (await stranger.SendAsync(WebSocketTest.Batch(1), Cancelled)).Kind);
        Assert.Equal("/audit", collector.Upgrades[0].Target);
    }

    [Fact]
    public async Task Tls_is_the_hosts()
    {
        using var folder = new TestFolder();
        using var certificates = new TestCertificates(folder.Path);
        using var certificate = X509Certificate2.CreateFromPemFile(certificates.CertificatePath, certificates.KeyPath);
        await using var collector = new WebSocketCollector(certificate: certificate);
        using var trusting = new TestPluginContext(authority: certificates.Authority);
        await using IConnector connector = WebSocketTest.Create(trusting, collector);
        await using IConnector wary = WebSocketTest.Create(_context, collector);

        Assert.True((await connector.SendAsync(WebSocketTest.Batch(200), Cancelled)).IsDelivered);
        await Assert.ThrowsAsync<HttpRequestException>(async () => await wary.SendAsync(WebSocketTest.Batch(1), Cancelled));
        Assert.Equal(200, collector.Count);
    }

    [Fact]
    public async Task Next_server_takes_over_where_one_is_away_or_refuses()
    {
        await using var refusing = new WebSocketCollector(new CollectorRules { Refusal = $"HTTP/1.1 500 Broken\r\n{Close}" });
        await using var taking = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, $"""["ws://127.0.0.1:1/","{refusing.Url}","{taking.Url}"]""");

        await connector.StartAsync(Cancelled);
        Assert.True((await connector.SendAsync(WebSocketTest.Batch(3), Cancelled)).IsDelivered);

        Assert.Equal((1, 3), (refusing.Connections, taking.Count));
    }

    [Fact]
    public async Task Probe_connects_and_leaves_in_good_order()
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector);
        await using IConnector lost = WebSocketTest.Create(_context, "\"ws://127.0.0.1:1/\"");

        await connector.ProbeAsync(Cancelled);
        await Assert.ThrowsAsync<HttpRequestException>(async () => await lost.ProbeAsync(Cancelled));

        Assert.Equal((1, 0), (collector.Connections, collector.Count));
        Assert.Empty(collector.Violations);
    }
}
