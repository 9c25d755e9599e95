using System.Net;
using System.Net.Sockets;
using AuditHost.Security;

namespace AuditHost.Tests.Security;

public sealed class SocketConnectorTests
{
    private static readonly IPAddress Metadata = IPAddress.Parse("169.254.169.254");

    [Fact]
    public async Task A_name_that_leads_to_a_forbidden_address_is_refused_with_name_and_address()
    {
        IOException exception = await Assert.ThrowsAsync<IOException>(() => ConnectAsync(80, Metadata));

        Assert.Contains("collector.example:80 leads to 169.254.169.254", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_allowed_addresses_of_a_name_are_connected_to()
    {
        await using RawServer server = RawServer.Silent();

        using Socket socket = await ConnectAsync(server.Port, Metadata, IPAddress.Loopback);

        Assert.Equal(new IPEndPoint(IPAddress.Loopback, server.Port), socket.RemoteEndPoint);
    }

    [Fact]
    public async Task A_name_is_resolved_once_so_that_it_cannot_change_after_the_check()
    {
        await using RawServer server = RawServer.Silent();
        int asked = 0;
        var connector = new SocketConnector(
            new AddressRules(new HashSet<IPAddress>()),
            TimeSpan.FromSeconds(30),
            TimeProvider.System,
            (_, _) => Task.FromResult<IPAddress[]>([asked++ == 0 ? IPAddress.Loopback : Metadata]));

        using Socket socket = await connector.ConnectAsync("collector.example", server.Port, ProtocolType.Tcp, TestContext.Current.CancellationToken);

        Assert.Equal(1, asked);
        Assert.True(socket.Connected);
        Assert.True(socket.NoDelay);
    }

    [Fact]
    public async Task The_next_address_is_tried_when_one_refuses()
    {
        await using RawServer server = RawServer.Silent();

        using Socket socket = await ConnectAsync(server.Port, IPAddress.Parse("127.0.0.2"), IPAddress.Loopback);

        Assert.Equal(new IPEndPoint(IPAddress.Loopback, server.Port), socket.RemoteEndPoint);
    }

    [Fact]
    public async Task A_refused_connection_names_host_port_and_cause()
    {
        int port;
        await using (RawServer server = RawServer.Silent())
            port = server.Port;

        IOException exception = await Assert.ThrowsAsync<IOException>(() => ConnectAsync(port, IPAddress.Loopback));

        Assert.Contains($"collector.example:{port} (127.0.0.1) cannot be reached: Connection refused", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_without_an_address_is_an_error() => await Assert.ThrowsAsync<IOException>(() => ConnectAsync(80));

    [Fact]
    public async Task A_name_that_does_not_resolve_is_an_error_with_its_cause()
    {
        IOException exception = await Assert.ThrowsAsync<IOException>(
            () => ConnectAsync(80, (_, _) => Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound))));

        Assert.Contains("collector.example:80", exception.Message, StringComparison.Ordinal);
        Assert.IsType<SocketException>(exception.InnerException);
    }

    [Fact]
    public async Task A_name_server_that_never_answers_ends_with_the_connect_timeout()
    {
        var never = new TaskCompletionSource<IPAddress[]>();

        await Assert.ThrowsAsync<IOException>(() => ConnectAsync(80, (_, _) => never.Task, TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_with_the_callers_token()
    {
        using var cancellation = new CancellationTokenSource();
        var never = new TaskCompletionSource<IPAddress[]>();
        var connector = new SocketConnector(
            new AddressRules(new HashSet<IPAddress>()), TimeSpan.FromMinutes(5), TimeProvider.System, (_, _) => never.Task);
        Task<Socket> connecting = connector.ConnectAsync("collector.example", 80, ProtocolType.Tcp, cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    private static Task<Socket> ConnectAsync(int port, params IPAddress[] addresses) =>
        ConnectAsync(port, (_, _) => Task.FromResult(addresses));

    private static Task<Socket> ConnectAsync(
        int port, Func<string, CancellationToken, Task<IPAddress[]>> resolve, TimeSpan? timeout = null) =>
        new SocketConnector(new AddressRules(new HashSet<IPAddress>()), timeout ?? TimeSpan.FromSeconds(30), TimeProvider.System, resolve)
            .ConnectAsync("collector.example", port, ProtocolType.Tcp, TestContext.Current.CancellationToken).AsTask();
}
