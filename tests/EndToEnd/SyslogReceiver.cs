using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AuditHost.EndToEnd;

/// <summary>
/// A syslog server that remembers the events it was sent: a line each over TCP (RFC 6587), a counted message each over TLS (RFC 5425).
/// A message that breaks off with its connection is none.
/// </summary>
internal sealed class SyslogReceiver : IDisposable
{
    private const int LongestMessage = 8192;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? _certificate;
    private readonly ConcurrentDictionary<string, string> _messages = new();
    private int _torn;

    public SyslogReceiver(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Arrivals Arrivals { get; } = new();

    public ConcurrentDictionary<string, int> Taken => Arrivals.Counts;

    /// <summary>How many messages broke off.</summary>
    public int Torn => _torn;

    /// <summary>Complete messages that are no event, or not the same as when the event came first.</summary>
    public ConcurrentQueue<string> Corrupt { get; } = new();

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = ReadAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ReadAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                if (_certificate is null)
                {
                    await ReadLinesAsync(new BufferedStream(client.GetStream()));
                    return;
                }

                await using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(_certificate);
                await ReadCountedAsync(new BufferedStream(tls));
            }
            catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The host was killed, or the connection was cut.
            }
        }
    }

    private async Task ReadLinesAsync(Stream stream)
    {
        while (await ReadUntilAsync(stream, '\n') is { } line)
            Take(line);
    }

    private async Task ReadCountedAsync(Stream stream)
    {
        while (await ReadUntilAsync(stream, ' ') is { } digits)
        {
            if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length > LongestMessage)
            {
                Corrupt.Enqueue($"length '{digits}'");
                return;
            }

            byte[] message = new byte[length];
            if (await stream.ReadAtLeastAsync(message, length, throwOnEndOfStream: false) < length)
            {
                Interlocked.Increment(ref _torn);
                return;
            }

            Take(Encoding.UTF8.GetString(message));
        }
    }

    /// <summary>What stands before the next stop; <see langword="null"/> where the connection ends first.</summary>
    private async Task<string?> ReadUntilAsync(Stream stream, char stop)
    {
        var text = new List<byte>(512);
        byte[] one = new byte[1];
        try
        {
            while (await stream.ReadAsync(one) > 0)
            {
                if (one[0] == stop)
                    return Encoding.UTF8.GetString([.. text]);
                text.Add(one[0]);
            }
        }
        finally
        {
            if (text.Count > 0 && one[0] != stop)
                Interlocked.Increment(ref _torn);
        }

        return null;
    }

    private void Take(string message)
    {
        string[] ids = [.. TestEvents.IdsIn(message).Distinct()];
        if (!message.StartsWith('<') || ids is not [string id] || _messages.GetOrAdd(id, message) != message)
        {
            Corrupt.Enqueue(message);
            return;
        }

        Arrivals.Add([id]);
    }
}
