using System.Net;
using System.Net.Sockets;

namespace AuditHost.Load;

/// <summary>Accepts connections on loopback and serves each until its other end closes it.</summary>
internal abstract class SocketReceiver : IReceiver
{
    private readonly TcpListener _listener;
    private readonly Ledger _ledger;
    private readonly List<Task> _connections = [];
    private readonly Task _run;

    /// <param name="ledger">Told when it fails.</param>
    /// <param name="port">Where it listens; 0 for any free port.</param>
    protected SocketReceiver(Ledger ledger, int port = 0)
    {
        _ledger = ledger;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _run = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public abstract Target Target { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _run;
        await Task.WhenAll(_connections).WaitAsync(TimeSpan.FromSeconds(10));
        _listener.Dispose();
    }

    protected abstract Task ServeAsync(Socket socket);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _connections.Add(GuardAsync(await _listener.AcceptSocketAsync()));
        }
        catch (SocketException)
        {
            // Stopping the listener ends the wait for the next connection this way.
        }
    }

    private async Task GuardAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                await Task.Run(() => ServeAsync(socket));
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                _ledger.Fail(exception);
            }
        }
    }
}
