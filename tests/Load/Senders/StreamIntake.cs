using System.Net.Sockets;

namespace AuditHost.Load;

/// <summary>Writes lines to TCP connections that stay open. Nobody answers.</summary>
internal sealed class StreamIntake : IIntake
{
    private readonly Socket[] _sockets;

    private StreamIntake(Socket[] sockets) => _sockets = sockets;

    public int Connections => _sockets.Length;

    public bool Acknowledges => false;

    public static async Task<StreamIntake> ConnectAsync(int port, int connections) => new(await Port.ConnectAsync(port, connections));

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
