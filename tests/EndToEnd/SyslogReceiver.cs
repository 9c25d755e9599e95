using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;

namespace AuditHost.EndToEnd;

/// <summary>
/// A syslog server that remembers the events it was sent: a line each over TCP (RFC 6587), a counted message each over TLS (RFC 5425), unless told otherwise.
/// A message that breaks off with its connection is none. One for a relay takes counted messages over TCP, whatever their bytes.
/// </summary>
internal sealed class SyslogReceiver : IDisposable
{
    private const int LongestMessage = 8192;

    private readonly TcpListener _listener;
    private readonly X509Certificate2? _certificate;
    private readonly ChannelWriter<byte[]>? _relayed;
    private readonly ConcurrentDictionary<string, string> _messages = new();
    private int _torn;

    /// <param name="certificate">Its own, for TLS.</param>
    /// <param name="relayed">Takes each message as it came, instead of the events in them.</param>
    /// <param name="endpoint">Where it listens; without it, on any port of 127.0.0.1.</param>
    public SyslogReceiver(X509Certificate2? certificate = null, ChannelWriter<byte[]>? relayed = null, IPEndPoint? endpoint = null)
    {
        _listener = new TcpListener(endpoint ?? new IPEndPoint(IPAddress.Loopback, 0));
        CountsOctets = certificate is not null || relayed is not null;
        _certificate = certificate;
        _relayed = relayed;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Whether messages are counted rather than lines.</summary>
    public bool CountsOctets { get; init; }

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
                    await ReadAsync(client.GetStream(), CountsOctets ? TakeCounted : TakeLines);
                    return;
                }

                await using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(_certificate);
                await ReadAsync(tls, CountsOctets ? TakeCounted : TakeLines);
            }
            catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The host was killed, or the connection was cut.
            }
        }
    }

    /// <param name="stream">The connection.</param>
    /// <param name="take">Takes the complete messages of what has come in and says what is left.</param>
    private async Task ReadAsync(Stream stream, Func<ReadOnlySequence<byte>, SequencePosition> take)
    {
        PipeReader reader = PipeReader.Create(stream);
        bool torn = false;
        try
        {
            ReadResult result;
            do
            {
                result = await reader.ReadAsync();
                SequencePosition rest = take(result.Buffer);
                torn = !result.Buffer.Slice(rest).IsEmpty;
                reader.AdvanceTo(rest, result.Buffer.End);
            }
            while (!result.IsCompleted);
        }
        finally
        {
            if (torn)
                Interlocked.Increment(ref _torn);
        }
    }

    private SequencePosition TakeLines(ReadOnlySequence<byte> bytes)
    {
        var reader = new SequenceReader<byte>(bytes);
        List<string> ids = [];
        while (reader.TryReadTo(out ReadOnlySequence<byte> line, (byte)'\n'))
            Take(line, ids);
        Arrivals.Add(ids);
        return reader.Position;
    }

    private SequencePosition TakeCounted(ReadOnlySequence<byte> bytes)
    {
        var reader = new SequenceReader<byte>(bytes);
        List<string> ids = [];
        SequencePosition rest = reader.Position;
        while (reader.TryReadTo(out ReadOnlySequence<byte> digits, (byte)' '))
        {
            if (!int.TryParse(Encoding.Latin1.GetString(digits), NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length > LongestMessage)
            {
                Corrupt.Enqueue($"length '{Encoding.Latin1.GetString(digits)}'");
                throw new IOException("What comes is no syslog.");
            }

            if (reader.Remaining < length)
                break;
            Take(reader.UnreadSequence.Slice(0, length), ids);
            reader.Advance(length);
            rest = reader.Position;
        }

        Arrivals.Add(ids);
        return rest;
    }

    private void Take(ReadOnlySequence<byte> bytes, List<string> ids)
    {
        if (_relayed?.TryWrite(bytes.ToArray()) == true)
            return;
        string message = Encoding.UTF8.GetString(bytes);
        string[] found = [.. TestEvents.IdsIn(message).Distinct()];
        if (message.StartsWith('<') && found is [string id] && _messages.GetOrAdd(id, message) == message)
            ids.Add(id);
        else
            Corrupt.Enqueue(message);
    }
}
