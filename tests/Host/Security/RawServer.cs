using System.Net;
using System.Net.Sockets;

namespace AuditHost.Tests.Security;

/// <summary>A listener whose peer's behaviour the test writes byte by byte.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public RawServer(Func<NetworkStream, CancellationToken, Task> serve)
    {
        _listener.Start();
        _serving = ServeAsync(serve);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Accepts connections and never says a word.</summary>
    public static RawServer Silent() => new(static (_, token) => Task.Delay(Timeout.Infinite, token));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task ServeAsync(Func<NetworkStream, CancellationToken, Task> serve)
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                try
                {
                    await serve(client.GetStream(), _stop.Token);
                }
                catch (IOException)
                {
                    // The client had enough, which is what such a test is about.
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
