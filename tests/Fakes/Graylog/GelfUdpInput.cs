using System.IO.Compression;
using System.Net;
using System.Net.Sockets;

namespace AuditHost.Fakes.Graylog;

/// <summary>
/// A GELF UDP input: datagrams of one message, or chunks of it, at most 128 and all of them within 5 s. Messages are plain, gzip or zlib,
/// told by their first bytes.
/// </summary>
public sealed class GelfUdpInput : IAsyncDisposable
{
    private const int HeaderBytes = 12;
    private const int MaxChunks = 128;
    private const int MaxChunkBytes = 8192;

    // What arrives faster than it is read is lost where this is small.
    private const int ReceiveBufferBytes = 8 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly Dictionary<ulong, Pending> _pending = [];
    private readonly List<int> _datagrams = [];
    private readonly TimeProvider _time;
    private readonly Task _receiving;
    private Func<int, bool>? _drop;

    public GelfUdpInput(TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _socket.Client.ReceiveBufferSize = ReceiveBufferBytes;
        _receiving = ReceiveAsync();
    }

    public GelfIntake Intake { get; } = new();

    public int Port => ((IPEndPoint)_socket.Client.LocalEndPoint!).Port;

    public Uri Address => new($"udp://127.0.0.1:{Port}");

    /// <summary>The length of each datagram that came.</summary>
    public IReadOnlyList<int> Datagrams
    {
        get
        {
            lock (_datagrams)
                return [.. _datagrams];
        }
    }

    /// <summary>Loses datagrams on the way, by their number from 0.</summary>
    public void Drop(Func<int, bool> drop) => _drop = drop;

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _receiving;
    }

    /// <summary>Takes a datagram; tests of the rules call it as well.</summary>
    public void Take(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < 2 || datagram[0] != 0x1E || datagram[1] != 0x0F)
        {
            TakeMessage(datagram);
            return;
        }

        if (datagram.Length <= HeaderBytes || datagram.Length > MaxChunkBytes)
        {
            Intake.Break($"A chunk of {datagram.Length} bytes");
            return;
        }

        TakeChunk(datagram);
    }

    private void TakeChunk(ReadOnlySpan<byte> chunk)
    {
        ulong id = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(chunk[2..]);
        int number = chunk[10];
        int count = chunk[11];
        if (count is 0 or > MaxChunks || number >= count)
        {
            Intake.Break($"Chunk {number} of {count}");
            return;
        }

        if (!_pending.TryGetValue(id, out Pending? pending))
            _pending[id] = pending = new Pending(new byte[count][], _time.GetTimestamp());
        if (_time.GetElapsedTime(pending.Since) > Patience)
        {
            _pending.Remove(id);
            Intake.Break($"The chunks of a message took more than {Patience.TotalSeconds} s");
            return;
        }

        if (pending.Chunks.Length != count)
        {
            Intake.Break("Two messages have the same id");
            return;
        }

        // A chunk that comes twice is ignored.
        pending.Chunks[number] ??= chunk[HeaderBytes..].ToArray();
        if (pending.Chunks.Any(part => part is null))
            return;
        _pending.Remove(id);
        TakeMessage(pending.Chunks.SelectMany(part => part!).ToArray());
    }

    private void TakeMessage(ReadOnlySpan<byte> message)
    {
        if (message.IsEmpty)
        {
            Intake.Break("An empty datagram");
            return;
        }

        try
        {
            if (message[0] == 0x1F && message[1] == 0x8B)
                Intake.Take(Decompress(message, static source => new GZipStream(source, CompressionMode.Decompress)));
            else if (message[0] == 0x78 && message[1] == 0x9C)
                Intake.Take(Decompress(message, static source => new ZLibStream(source, CompressionMode.Decompress)));
            else
                Intake.Take(message);
        }
        catch (InvalidDataException exception)
        {
            Intake.Break(exception.Message);
        }
    }

    private static byte[] Decompress(ReadOnlySpan<byte> message, Func<Stream, Stream> open)
    {
        using var plain = new MemoryStream();
        using (Stream stream = open(new MemoryStream(message.ToArray())))
            stream.CopyTo(plain);
        return plain.ToArray();
    }

    private async Task ReceiveAsync()
    {
        int number = 0;
        try
        {
            while (true)
            {
                byte[] datagram = (await _socket.ReceiveAsync()).Buffer;
                lock (_datagrams)
                    _datagrams.Add(datagram.Length);
                if (_drop?.Invoke(number++) != true)
                    Take(datagram);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private sealed record Pending(byte[]?[] Chunks, long Since);
}
