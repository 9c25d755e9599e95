using System.Net;
using System.Net.Sockets;

namespace AuditHost.Load;

/// <summary>Writes lines to TCP connections that stay open. The host answers nothing.</summary>
internal sealed class StreamIntake : IIntake
{
    private readonly Socket[] _sockets;

    private StreamIntake(Socket[] sockets) => _sockets = sockets;

    public int Connections => _sockets.Length;

    public bool Acknowledges => false;

    public static async Task<StreamIntake> ConnectAsync(int port, int connections)
    {
        var sockets = new Socket[connections];
        for (int number = 0; number < connections; number++)
        {
            sockets[number] = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await sockets[number].ConnectAsync(IPAddress.Loopback, port);
        }

        return new StreamIntake(sockets);
    }

    public async ValueTask SendAsync(int connection, EventBody body)
    {
        for (ReadOnlyMemory<byte> left = body.Lines; left.Length > 0;)
            left = left[await _sockets[connection].SendAsync(left)..];
    }

    public ValueTask DisposeAsync()
    {
        foreach (Socket socket in _sockets)
            socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
