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

    /// <summary>How soon an address that was in use is tried again.</summary>
    private static readonly TimeSpan WaitTime = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _places = new(MaxConnections);
    private readonly HashSet<Task> _connections = [];
    private readonly Lock _binding = new();
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Socket? _listener;
    private Task? _accepting;

    /// <summary>Where it listens.</summary>
    public IPEndPoint? EndPoint => _listener?.LocalEndPoint as IPEndPoint;

    /// <summary>Whether it takes connections, or will once its address is free.</summary>
    public bool Works => _accepting is { IsCompleted: false };

    /// <summary>Completes when it listens.</summary>
    public Task Listening => _listening.Task;

    /// <summary>
    /// Begins to listen. Where somebody does so already it waits until the address is free: that may be the same site, running while this is
    /// a test of it.
    /// </summary>
    /// <exception cref="IOException">It never can; the message says why and what to do.</exception>
    public void Start()
    {
        if (_accepting is not null)
            return;
        SocketException? fault = TryListen();
        if (fault is { SocketErrorCode: not SocketError.AddressAlreadyInUse })
            throw new IOException(Explain(fault), fault);
        if (fault is not null)
            context.Log(EventLevel.Warning, $"{Explain(fault)}. Nobody can fetch the metrics until then, and events wait.");
        _accepting = RunAsync();
    }

    /// <summary>Listens if it does not yet.</summary>
    /// <exception cref="IOException">It cannot; the message says why and what to do.</exception>
    public void Listen()
    {
        if (TryListen() is { } fault)
            throw new IOException(Explain(fault), fault);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        lock (_binding)
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

    /// <returns>Why it cannot; <see langword="null"/> where it listens.</returns>
    private SocketException? TryListen()
    {
        lock (_binding)
        {
            if (_listener is not null || _stopping.IsCancellationRequested)
                return null;
            var listener = new Socket(options.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                listener.Bind(new IPEndPoint(options.Address, options.Port));
                listener.Listen(MaxConnections);
            }
            catch (SocketException exception)
            {
                listener.Dispose();
                return exception;
            }

            _listener = listener;
        }

        _listening.TrySetResult();
        if (options.IsOpen)
            context.Log(EventLevel.Warning, $"Everybody who reaches {EndPoint} can read the metrics. Give http_endpoint a bearer_token, or leave its address at 127.0.0.1.");
        return null;
    }

    private async Task RunAsync()
    {
        while (TryListen() is not null)
            await Task.WhenAny(Listening, Task.Delay(WaitTime, context.Time, _stopping.Token)).ConfigureAwait(false);
        if (_listener is { } listener)
            await AcceptAsync(listener).ConfigureAwait(false);
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
