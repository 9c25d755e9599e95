using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Security;

namespace AuditHost.Tests.Security;

public sealed class EndpointConnectorTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tcp_carries_bytes_both_ways()
    {
        await using var server = new RawServer(EchoAsync);
        using DestinationContext destination = TestDestination.Context(TestDestination.Options());

        await using Stream stream = await destination.ConnectAsync(new Uri($"tcp://127.0.0.1:{server.Port}"), Cancellation);

        await AssertEchoesAsync(stream);
    }

    [Fact]
    public async Task Tls_carries_bytes_both_ways_under_the_sites_rules()
    {
        using X509Certificate2 certificate = _authority.Issue();
        await using RawServer server = TlsServer(certificate);
        using DestinationContext destination = TestDestination.Context(TestDestination.Options(new TlsOptions { CaCertificatePath = _authority.RootPath }));

        await using Stream stream = await destination.ConnectAsync(new Uri($"tls://localhost:{server.Port}"), Cancellation);

        await AssertEchoesAsync(stream);
    }

    [Fact]
    public async Task An_untrusted_tls_server_is_an_error_with_host_port_and_remedy()
    {
        using X509Certificate2 certificate = _authority.Issue();
        await using RawServer server = TlsServer(certificate);

        IOException exception = await RefusedAsync($"tls://localhost:{server.Port}");

        Assert.StartsWith($"localhost:{server.Port} failed the TLS handshake", exception.Message, StringComparison.Ordinal);
        Assert.Contains("tls.ca_certificate_path", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tls_server_that_never_answers_ends_with_the_connect_timeout()
    {
        await using RawServer server = RawServer.Silent();

        IOException exception = await RefusedAsync($"tls://127.0.0.1:{server.Port}", TimeSpan.FromMilliseconds(50));

        Assert.Contains("no answer within 0.05 s", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_a_handshake_is_a_cancellation()
    {
        var accepted = new TaskCompletionSource();
        await using var server = new RawServer((_, token) =>
        {
            accepted.SetResult();
            return Task.Delay(Timeout.Infinite, token);
        });
        using DestinationContext destination = TestDestination.Context(TestDestination.Options());
        using var cancellation = new CancellationTokenSource();
        Task<Stream> connecting = destination.ConnectAsync(new Uri($"tls://127.0.0.1:{server.Port}"), cancellation.Token).AsTask();
        await accepted.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    [Fact]
    public async Task Udp_sends_one_datagram_for_each_write_and_none_for_an_empty_one()
    {
        using var receiver = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)receiver.Client.LocalEndPoint!).Port;
        using DestinationContext destination = TestDestination.Context(TestDestination.Options());
        await using Stream stream = await destination.ConnectAsync(new Uri($"udp://127.0.0.1:{port}"), Cancellation);

        await stream.WriteAsync("first"u8.ToArray(), Cancellation);
        await stream.WriteAsync(ReadOnlyMemory<byte>.Empty, Cancellation);
        stream.Write("second"u8);

        Assert.Equal("first", Encoding.UTF8.GetString((await receiver.ReceiveAsync(Cancellation)).Buffer));
        Assert.Equal("second", Encoding.UTF8.GetString((await receiver.ReceiveAsync(Cancellation)).Buffer));
    }

    [Fact]
    public async Task A_datagram_that_is_too_long_is_an_error_with_its_length()
    {
        using var receiver = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)receiver.Client.LocalEndPoint!).Port;
        using DestinationContext destination = TestDestination.Context(TestDestination.Options());
        await using Stream stream = await destination.ConnectAsync(new Uri($"udp://127.0.0.1:{port}"), Cancellation);

        IOException exception = await Assert.ThrowsAsync<IOException>(async () => await stream.WriteAsync(new byte[70_000], Cancellation));

        Assert.Equal($"127.0.0.1:{port} cannot take 70000 bytes in one datagram", exception.Message);
    }

    [Fact]
    public async Task A_unix_socket_carries_bytes_both_ways()
    {
        string path = _authority.PathOf("s.sock");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        using DestinationContext destination = TestDestination.Context(TestDestination.Options());

        await using Stream stream = await destination.ConnectAsync(new Uri($"unix:{path}"), Cancellation);
        using Socket peer = await listener.AcceptAsync(Cancellation);
        await stream.WriteAsync("event"u8.ToArray(), Cancellation);

        byte[] received = new byte[16];
        int length = await peer.ReceiveAsync(received, Cancellation);
        Assert.Equal("event", Encoding.UTF8.GetString(received, 0, length));
    }

    [Fact]
    public async Task A_unix_socket_of_datagrams_keeps_their_borders()
    {
        string path = _authority.PathOf("log");
        using var receiver = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        receiver.Bind(new UnixDomainSocketEndPoint(path));
        using DestinationContext destination = TestDestination.Context(TestDestination.Options());

        await using Stream stream = await destination.ConnectAsync(new Uri($"unix://{path}"), Cancellation);
        await stream.WriteAsync("one"u8.ToArray(), Cancellation);
        await stream.WriteAsync("two"u8.ToArray(), Cancellation);

        byte[] received = new byte[16];
        Assert.Equal(3, await receiver.ReceiveAsync(received, Cancellation));
        Assert.Equal(3, await receiver.ReceiveAsync(received, Cancellation));
    }

    [Theory]
    [InlineData("unix:/nowhere/at/all.sock", "unix:/nowhere/at/all.sock cannot be reached")]
    [InlineData("unix:relative.sock", "absolute path")]
    [InlineData("http://127.0.0.1:80", "Expected tcp://host:port")]
    [InlineData("tcp://127.0.0.1", "Expected tcp://host:port")]
    [InlineData("tcp://169.254.169.254:80", "link-local")]
    [InlineData("udp://169.254.169.254:514", "link-local")]
    public async Task An_endpoint_that_cannot_work_is_an_error_that_says_why(string endpoint, string expected) =>
        Assert.Contains(expected, (await RefusedAsync(endpoint)).Message, StringComparison.Ordinal);

    public void Dispose() => _authority.Dispose();

    private static async Task<IOException> RefusedAsync(string endpoint, TimeSpan? timeout = null)
    {
        using DestinationContext destination = TestDestination.Context(
            TestDestination.Options(pool: new ConnectionPoolOptions { ConnectTimeout = timeout ?? TimeSpan.FromSeconds(30) }));
        return await Assert.ThrowsAsync<IOException>(async () => await destination.ConnectAsync(new Uri(endpoint), Cancellation));
    }

    private static RawServer TlsServer(X509Certificate2 certificate) => new(async (stream, token) =>
    {
        await using var tls = new SslStream(stream);
        try
        {
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, token);
        }
        catch (System.Security.Authentication.AuthenticationException exception)
        {
            throw new IOException("The client refused.", exception);
        }

        await EchoAsync(tls, token);
    });

    private static async Task EchoAsync(Stream stream, CancellationToken token)
    {
        byte[] buffer = new byte[64];
        int length = await stream.ReadAsync(buffer, token);
        await stream.WriteAsync(buffer.AsMemory(0, length), token);
    }

    private static async Task AssertEchoesAsync(Stream stream)
    {
        await stream.WriteAsync("event"u8.ToArray(), Cancellation);
        byte[] echoed = new byte[5];
        await stream.ReadExactlyAsync(echoed, Cancellation);
        Assert.Equal("event"u8.ToArray(), echoed);
    }
}
