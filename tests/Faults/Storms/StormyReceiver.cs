using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace AuditHost.Faults.Storms;

/// <summary>A webhook's other end, which writes its answers byte by byte as a test wants them, whatever HTTP has to say to that.</summary>
internal sealed partial class StormyReceiver : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string?> _refusal;

    /// <param name="refusal">The status line and headers of a refusal at this moment; <see langword="null"/> for a delivery taken.</param>
    public StormyReceiver(Func<string?> refusal)
    {
        _refusal = refusal;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Endpoint => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/in";

    public int Refused { get; private set; }

    /// <summary>The bodies that were taken.</summary>
    public ConcurrentQueue<string> Taken { get; } = new();

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var reader = new StreamReader(client.GetStream(), Encoding.Latin1))
        {
            while (await ReadAsync(reader) is { } body)
            {
                string head = "HTTP/1.1 200 OK\r\n";
                if (_refusal() is { } refusal)
                {
                    head = refusal;
                    Refused++;
                }
                else
                {
                    Taken.Enqueue(body);
                }

                await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes($"{head}Content-Length: 0\r\n\r\n"));
            }
        }
    }

    /// <returns>The body of the next request; <see langword="null"/> at the end.</returns>
    private static async Task<string?> ReadAsync(StreamReader reader)
    {
        int length = 0;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (Length().Match(line) is { Success: true } match)
                length = int.Parse(match.Groups["length"].Value, CultureInfo.InvariantCulture);
            if (line.Length > 0)
                continue;
            char[] body = new char[length];
            return await reader.ReadBlockAsync(body) == length ? new string(body) : null;
        }

        return null;
    }

    [GeneratedRegex(@"^Content-Length: (?<length>\d+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Length();
}
