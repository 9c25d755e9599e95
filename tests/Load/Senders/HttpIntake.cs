using System.Net.Sockets;
using System.Text;

namespace AuditHost.Load;

/// <summary>Posts to <c>/v1/events</c> over connections that stay open, one request at a time on each.</summary>
internal sealed class HttpIntake : IIntake
{
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMilliseconds(20);

    private readonly Socket[] _sockets;
    private readonly byte[][] _answers;
    private int _refusals;

    private HttpIntake(Socket[] sockets)
    {
        _sockets = sockets;
        _answers = [.. sockets.Select(_ => new byte[64 << 10])];
    }

    public int Connections => _sockets.Length;

    public bool Acknowledges => true;

    /// <summary>How often the host asked to come back later.</summary>
    public int Refusals => _refusals;

    public static async Task<HttpIntake> ConnectAsync(int port, int connections) => new(await Port.ConnectAsync(port, connections));

    public async ValueTask SendAsync(int connection, EventBody body)
    {
        while (await PostAsync(_sockets[connection], _answers[connection], body.Request) is { } status && status != 200)
        {
            Interlocked.Increment(ref _refusals);
            await Task.Delay(AfterRefusal);
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (Socket socket in _sockets)
            socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async ValueTask<int> PostAsync(Socket socket, byte[] answer, ReadOnlyMemory<byte> request)
    {
        for (int sent = 0; sent < request.Length;)
            sent += await socket.SendAsync(request[sent..]);
        int filled = 0;
        do
        {
            int read = await socket.ReceiveAsync(answer.AsMemory(filled));
            if (read == 0)
                throw new IOException("The host closed the connection before it answered.");
            filled += read;
        }
        while (!(HttpMessage.LengthOf(answer.AsSpan(0, filled)) <= filled));

        string text = Encoding.UTF8.GetString(answer, 0, filled);
        return text.Split(' ', 3)[1] switch
        {
            "200" => 200,
            "429" => 429,
            "503" => 503,
            _ => throw new IOException($"The host answered:\n{text}"),
        };
    }
}
