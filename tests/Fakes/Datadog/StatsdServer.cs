using System.Net;
using System.Net.Sockets;

namespace AuditHost.Fakes.Datadog;

/// <summary>The DogStatsD server of an Agent, on UDP or on a Unix datagram socket.</summary>
public sealed class StatsdServer : IDisposable
{
    private const int BufferBytes = 64 << 10;

    // What an Agent reads at a time (dogstatsd_buffer_size); what a network passes on unbroken.
    private const int MaxUnixBytes = 8192;
    private const int MaxUdpBytes = 1432;

    private readonly Socket _socket;
    private readonly string? _path;

    /// <param name="path">The path of the Unix socket; UDP where left out.</param>
    public StatsdServer(string? path = null)
    {
        _path = path;
        _socket = path is null ? new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) : new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        _socket.Bind(path is null ? new IPEndPoint(IPAddress.Loopback, 0) : new UnixDomainSocketEndPoint(path));
        _socket.ReceiveBufferSize = 8 << 20;
    }

    public Uri Address => _path is null ? new Uri($"udp://127.0.0.1:{((IPEndPoint)_socket.LocalEndPoint!).Port}") : new Uri($"unix:{_path}");

    /// <summary>Waits for so many datagrams and reads them.</summary>
    /// <exception cref="FormatException">One is none, or longer than an Agent takes.</exception>
    public async Task<IReadOnlyList<StatsdSample>> ReceiveAsync(int datagrams, CancellationToken cancellationToken)
    {
        var samples = new List<StatsdSample>();
        byte[] buffer = new byte[BufferBytes];
        for (int i = 0; i < datagrams; i++)
        {
            int length = await _socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
            if (length > (_path is null ? MaxUdpBytes : MaxUnixBytes))
                throw new FormatException($"a datagram of {length} bytes");
            samples.AddRange(StatsdParser.Read(buffer.AsSpan(0, length)));
        }

        return samples;
    }

    /// <summary>How many bytes wait to be read.</summary>
    public int Available => _socket.Available;

    public void Dispose() => _socket.Dispose();
}
