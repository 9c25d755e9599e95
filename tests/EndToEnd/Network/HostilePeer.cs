using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AuditHost.EndToEnd.Network;

/// <summary>Many connections to the intake from one address of this machine.</summary>
internal sealed class HostilePeer(string address, int port) : IDisposable
{
    private static readonly byte[] OneByte = "x"u8.ToArray();

    /// <summary>Several times what the host gives anybody.</summary>
    private static readonly TimeSpan Endurance = TimeSpan.FromMinutes(3);

    private readonly List<Socket> _sockets = [];

    /// <summary>Opens so many connections and says nothing.</summary>
    public async Task<IReadOnlyList<Socket>> ConnectAsync(int count)
    {
        var opened = new List<Socket>();
        for (int i = 0; i < count; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            _sockets.Add(socket);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            opened.Add(socket);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
            {
                // Closed before it was quite open: whoever reads from it learns the same.
            }
        }

        return opened;
    }

    /// <summary>Says something over each of its connections, then repeats something else for ever.</summary>
    /// <returns>What each was told before the host closed it: the first line.</returns>
    public async Task<string[]> PesterAsync(int count, string opening, string repeated, TimeSpan interval) =>
        await Task.WhenAll((await ConnectAsync(count)).Select(socket => PesterAsync(socket, opening, repeated, interval)));

    /// <summary>How many of its connections the host has closed, once they are so many.</summary>
    public static async Task<int> ClosedAsync(IReadOnlyList<Socket> sockets, int expected)
    {
        List<Task> open = [.. sockets.Select(ReadToEndAsync)];
        for (int closed = 0; closed < expected; closed++)
            open.Remove(await Task.WhenAny(open).WaitAsync(AuditHostCommand.Patience, TestContext.Current.CancellationToken));
        return open.Count(task => task.IsCompleted) + expected;
    }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    /// <summary>A host that lets this go on does not keep the test from its end.</summary>
    private static async Task<string> PesterAsync(Socket socket, string opening, string repeated, TimeSpan interval)
    {
        Task<string> answer = ReadToEndAsync(socket);
        byte[] again = repeated.Length > 0 ? Encoding.Latin1.GetBytes(repeated) : OneByte;
        using var endurance = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        endurance.CancelAfter(Endurance);
        try
        {
            await socket.SendAsync(Encoding.Latin1.GetBytes(opening), endurance.Token);
            while (!answer.IsCompleted)
            {
                await socket.SendAsync(again, endurance.Token);
                if (interval > TimeSpan.Zero)
                    await Task.WhenAny(answer, Task.Delay(interval, endurance.Token));
            }
        }
        catch (OperationCanceledException) when (endurance.IsCancellationRequested)
        {
            throw new TimeoutException($"The host has let '{opening[..Math.Min(opening.Length, 40)]}' go on for {Endurance.TotalMinutes:0} minutes.");
        }
        catch (SocketException)
        {
            // The host had enough.
        }

        string text = await answer.WaitAsync(AuditHostCommand.Patience, TestContext.Current.CancellationToken);
        return text.Split("\r\n")[0];
    }

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[1024];
        try
        {
            while (await socket.ReceiveAsync(buffer) is > 0 and int read)
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Reset.
        }

        return text.ToString();
    }
}
