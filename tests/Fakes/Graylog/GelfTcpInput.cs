using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace AuditHost.Fakes.Graylog;

/// <summary>A GELF TCP input: messages that end with a NUL byte, neither compressed nor in chunks. A connection that sends too long a one is closed.</summary>
public sealed class GelfTcpInput : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly List<Socket> _sockets = [];
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;
    private int _connections;

    public GelfTcpInput(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public GelfIntake Intake { get; } = new();

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The input's "Maximum message size".</summary>
    public int MaxBytes { get; init; } = 2 << 20;

    public Uri Address => new($"{(_certificate is null ? "tcp" : "tls")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Resets every connection there is.</summary>
    public void ResetAll()
    {
        lock (_sockets)
        {
            foreach (Socket socket in _sockets)
                socket.Close(timeout: 0);

            _sockets.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        ResetAll();
        await _accepting;
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptSocketAsync(_closing.Token);
                Interlocked.Increment(ref _connections);
                lock (_sockets)
                    _sockets.Add(socket);
                serving.Add(ServeAsync(socket));
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over; a listener that was closed between two calls says that it does not listen.
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using Stream stream = await OpenAsync(socket);
            await ReadAsync(stream);
            Forget(socket);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException or AuthenticationException)
        {
            // The client went away, was reset, or the test is over.
        }
    }

    private async Task ReadAsync(Stream stream)
    {
        var message = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, _closing.Token) is > 0 and var read)
        {
            if (!Take(message, buffer.AsSpan(0, read)))
                return;
        }

        // Graylog takes what stands at the end of a connection for a message, ended or not.
        if (message.Length > 0)
            Intake.Break("The connection ended inside a message");
    }

    private void Forget(Socket socket)
    {
        lock (_sockets)
            _sockets.Remove(socket);
    }

    private bool Take(MemoryStream message, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf((byte)0);
            message.Write(end < 0 ? bytes : bytes[..end]);
            if (message.Length > MaxBytes)
            {
                Intake.Break($"A message of more than {MaxBytes} bytes");
                return false;
            }

            if (end < 0)
                return true;
            Intake.Take(message.GetBuffer().AsSpan(0, (int)message.Length));
            message.SetLength(0);
            bytes = bytes[(end + 1)..];
        }

        return true;
    }

    private async Task<Stream> OpenAsync(Socket socket)
    {
        var transport = new NetworkStream(socket, ownsSocket: true);
        if (_certificate is null)
            return transport;
        var tls = new SslStream(transport);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _closing.Token);
        return tls;
    }
}
