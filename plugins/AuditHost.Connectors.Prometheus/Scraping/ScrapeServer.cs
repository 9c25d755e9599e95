using System.Diagnostics.Tracing;
using System.Net;
using System.Net.Sockets;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Prometheus.Scraping;

/// <summary>
/// Serves metrics over HTTP/1. Small on purpose: it answers one path, bounds what a stranger may send and how long it may take, and leaves
/// nothing behind. <see cref="HttpListener"/> would answer by the Host header instead of the address it listens on.
/// </summary>
internal sealed class ScrapeServer(ScrapeOptions options, ScrapeAnswer answer, PluginContext context) : IAsyncDisposable
{
    private const int MaxConnections = 32;
    private const int MaxHeadBytes = 16 << 10;

    /// <summary>How long the next request of a connection may take to come: longer than usual intervals of scraping.</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _places = new(MaxConnections);
    private readonly HashSet<Task> _connections = [];
    private Socket? _listener;
    private Task? _accepting;

    /// <summary>Where it listens.</summary>
    public IPEndPoint? EndPoint => _listener?.LocalEndPoint as IPEndPoint;

    /// <summary>Whether it listens, and takes connections.</summary>
    public bool Works => _accepting is { IsCompleted: false };

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">It cannot; the message says why and what to do.</exception>
    public void Start()
    {
        if (_listener is not null)
            return;
        var listener = new Socket(options.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(options.Address, options.Port));
            listener.Listen(MaxConnections);
        }
        catch (SocketException exception)
        {
            listener.Dispose();
            throw new IOException(Explain(exception), exception);
        }

        _listener = listener;
        _accepting = AcceptAsync(listener);
        if (options.IsOpen)
            context.Log(EventLevel.Warning, $"Everybody who reaches {EndPoint} can read the metrics. Give http_endpoint a bearer_token, or leave its address at 127.0.0.1.");
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _listener?.Dispose();
        if (_accepting is not null)
            await _accepting.ConfigureAwait(false);
        Task[] connections;
        lock (_connections)
            connections = [.. _connections];
        await Task.WhenAll(connections).ConfigureAwait(false);
    }

    private string Explain(SocketException exception)
    {
        string place = $"http_endpoint: {new IPEndPoint(options.Address, options.Port)}";
        return exception.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => $"{place} is in use. Stop what listens there, or choose another port",
            SocketError.AccessDenied => $"{place} may not be listened on by this user. Choose a port from 1024 on",
            SocketError.AddressNotAvailable => $"{place} is no address of this machine. Choose one that it has, or 0.0.0.0 for all of them",
            _ => $"{place} cannot be listened on: {exception.Message}",
        };
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await _places.WaitAsync(_stopping.Token).ConfigureAwait(false);
                Begin(await listener.AcceptAsync(_stopping.Token).ConfigureAwait(false));
            }
            catch (SocketException)
            {
                // That one caller is gone already; or the process has no file handle left for it, which trying again at once would not mend.
                _places.Release();
                await Task.WhenAny(Task.Delay(Pause, _stopping.Token)).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Begin(Socket socket)
    {
        Task connection = ServeAsync(socket);
        lock (_connections)
        {
            _connections.RemoveWhere(static one => one.IsCompleted);
            _connections.Add(connection);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        // Off the loop that accepts: what is written first would be written there.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            await ServeAsync(stream, deadline).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The scraper went away, took too long, or the connector stops. It comes again.
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task ServeAsync(NetworkStream stream, CancellationTokenSource deadline)
    {
        byte[] head = new byte[MaxHeadBytes];
        int length = 0;
        using var output = new PooledBuffer(64 << 10);
        while (true)
        {
            deadline.CancelAfter(IdleTime);
            int end;
            while ((end = head.AsSpan(0, length).IndexOf("\r\n\r\n"u8)) < 0 && length < head.Length)
            {
                int read = await stream.ReadAsync(head.AsMemory(length), deadline.Token).ConfigureAwait(false);
                if (read == 0)
                    return;

                // From its first byte on, a request has to come quickly: many slow ones would take all places.
                if (length == 0)
                    deadline.CancelAfter(AnswerTime);
                length += read;
            }

            ScrapeRequest? request = end < 0 ? null : ScrapeRequest.Parse(head.AsSpan(0, end));
            output.Clear();
            answer.Write(request, output);
            deadline.CancelAfter(AnswerTime);
            await stream.WriteAsync(output.Written, deadline.Token).ConfigureAwait(false);
            if (request is not { KeepsAlive: true })
                return;
            length -= end + 4;
            head.AsSpan(end + 4, length).CopyTo(head);
        }
    }
}
