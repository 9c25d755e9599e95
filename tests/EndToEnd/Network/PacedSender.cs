using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AuditHost.EndToEnd.Network;

/// <summary>
/// A sender that means well, on a connection of its own to a source that answers nothing: it sends an event, and the next one when that has
/// arrived at the destination.
/// </summary>
/// <param name="port">The source's.</param>
/// <param name="ledger">Where its events stand.</param>
/// <param name="arrivals">The destination's.</param>
/// <param name="write">The bytes of an event with a number.</param>
internal sealed class PacedSender(int port, Ledger ledger, Arrivals arrivals, Func<int, byte[]> write) : IDisposable
{
    private Socket _socket = NewSocket();

    public void Dispose() => _socket.Dispose();

    /// <summary>Connects, again and again where the host is full, until an event has arrived.</summary>
    public async Task EnterAsync()
    {
        int number = ledger.Owe(1).Single();
        Task arrived = arrivals.AllAsync([TestEvents.Id(number)]);
        while (true)
        {
            Task turnedAway = TryAsync(write(number));
            if (await Task.WhenAny(arrived, turnedAway) == arrived)
                break;
            _socket.Dispose();
            _socket = NewSocket();
        }

        await arrived;
    }

    /// <summary>Sends over the connection that it has until it is told to end.</summary>
    /// <returns>How long each event took to the destination.</returns>
    public async Task<List<TimeSpan>> ServeAsync(CancellationToken ended)
    {
        var served = new List<TimeSpan>();
        while (!ended.IsCancellationRequested)
        {
            int number = ledger.Owe(1).Single();
            long started = Stopwatch.GetTimestamp();
            await _socket.SendAsync(write(number), TestContext.Current.CancellationToken);
            await arrivals.AllAsync([TestEvents.Id(number)]);
            served.Add(Stopwatch.GetElapsedTime(started));
        }

        return served;
    }

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>Ends when the host has closed the connection. It closes those that are too many unread, so that the event may be sent again.</summary>
    private async Task TryAsync(byte[] message)
    {
        Socket socket = _socket;
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            await socket.SendAsync(message, TestContext.Current.CancellationToken);
            await socket.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Turned away with a reset, or the test is over.
        }
    }
}
