using System.Net;
using System.Net.Sockets;
using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Intake;

namespace AuditHost.Tests.Intake.Http;

/// <summary>One peer cannot take the connections of the others.</summary>
public sealed class PeerLimitTests
{
    private const string Request = "GET / HTTP/1.1\r\nHost: audithost\r\n\r\n";

    [Fact]
    public async Task Peer_gets_its_share_and_no_more_until_it_gives_one_back()
    {
        await using IntakeServer server = await IntakeServer.StartAsync(new HttpListenerOptions { MaxConnectionsPerPeer = 2 });
        using Socket first = From("127.0.0.2");
        using Socket second = From("127.0.0.2");
        Assert.True(await IsServedAsync(server, first) && await IsServedAsync(server, second));

        using (Socket third = From("127.0.0.2"))
            Assert.False(await IsServedAsync(server, third));
        using (Socket other = From("127.0.0.3"))
            Assert.True(await IsServedAsync(server, other));
        using (HttpResponseMessage response = await server.PostAsync("""{"event_id":"a","event_type":"t"}"""))
            Assert.True(response.IsSuccessStatusCode);

        // The host learns of the end when it reads, so the place is free a little later.
        first.Dispose();
        bool served = false;
        while (!served)
        {
            using Socket again = From("127.0.0.2");
            served = await IsServedAsync(server, again);
        }
    }

    [Fact]
    public async Task Connections_over_the_socket_of_the_data_directory_are_not_counted()
    {
        await using IntakeServer server = await IntakeServer.StartAsync(new HttpListenerOptions { MaxConnectionsPerPeer = 1 });
        for (int i = 0; i < 3; i++)
        {
            HttpClient owner = server.OverSocket();
            using HttpResponseMessage response = await owner.GetAsync("/", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    public void Peer_is_an_address_or_a_network_of_IPv6(string address, string peer) =>
        Assert.Equal(IPAddress.Parse(peer), PeerConnections.PeerOf(IPAddress.Parse(address)));

    private static Socket From(string address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        return socket;
    }

    private static async Task<bool> IsServedAsync(IntakeServer server, Socket socket)
    {
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port, TestContext.Current.CancellationToken);
            await socket.SendAsync(Encoding.ASCII.GetBytes(Request), TestContext.Current.CancellationToken);
            return await socket.ReceiveAsync(new byte[64], TestContext.Current.CancellationToken) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
