using System.Buffers.Binary;
using System.IO.Compression;

namespace AuditHost.Fakes.Logstash;

/// <summary>Reads windows of Lumberjack 2 strictly: first the window, then its events, numbered from 1 and as many as it says.</summary>
public sealed class LumberjackReader(Stream stream)
{
    private const int MaxFrameBytes = 16 << 20;

    /// <summary>Reads the next window; <see langword="null"/> where the client left between two.</summary>
    /// <exception cref="FormatException">It breaks a rule.</exception>
    /// <exception cref="EndOfStreamException">The client left in its middle.</exception>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>?> ReadAsync(CancellationToken cancellationToken)
    {
        byte[] head = new byte[6];
        int read = await stream.ReadAsync(head.AsMemory(0, 1), cancellationToken);
        if (read == 0)
            return null;
        await stream.ReadExactlyAsync(head.AsMemory(1), cancellationToken);
        int count = ReadHead(head, 'W');
        if (count == 0)
            throw new FormatException("A window of no events.");
        var events = new List<ReadOnlyMemory<byte>>(count);
        while (events.Count < count)
            await ReadFrameAsync(stream, events, count, cancellationToken);
        return events;
    }

    private static async Task ReadFrameAsync(Stream source, List<ReadOnlyMemory<byte>> events, int count, CancellationToken cancellationToken)
    {
        byte[] head = new byte[6];
        await source.ReadExactlyAsync(head, cancellationToken);
        if (head[1] == 'C')
        {
            byte[] compressed = new byte[Checked(ReadHead(head, 'C'))];
            await source.ReadExactlyAsync(compressed, cancellationToken);
            ReadCompressed(compressed, events, count);
            return;
        }

        int number = ReadHead(head, 'J');
        if (number != events.Count + 1)
            throw new FormatException($"Event {events.Count + 1} has the number {number}.");
        byte[] length = new byte[4];
        await source.ReadExactlyAsync(length, cancellationToken);
        byte[] json = new byte[Checked(BinaryPrimitives.ReadInt32BigEndian(length))];
        await source.ReadExactlyAsync(json, cancellationToken);
        events.Add(json);
    }

    private static void ReadCompressed(byte[] compressed, List<ReadOnlyMemory<byte>> events, int count)
    {
        using var plain = new MemoryStream();
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
            zlib.CopyTo(plain);
        }
        catch (InvalidDataException exception)
        {
            throw new FormatException("A compressed frame is no zlib.", exception);
        }

        ReadOnlyMemory<byte> rest = plain.GetBuffer().AsMemory(0, (int)plain.Length);
        while (!rest.IsEmpty)
        {
            if (rest.Length < 10)
                throw new FormatException("A frame inside a compressed one is cut off.");
            int number = ReadHead(rest.Span, 'J');
            int length = Checked(BinaryPrimitives.ReadInt32BigEndian(rest.Span[6..]));
            if (number != events.Count + 1 || number > count)
                throw new FormatException($"Event {events.Count + 1} of {count} has the number {number}.");
            if (rest.Length < 10 + length)
                throw new FormatException("A frame inside a compressed one is cut off.");
            events.Add(rest.Slice(10, length));
            rest = rest[(10 + length)..];
        }
    }

    private static int ReadHead(ReadOnlySpan<byte> head, char kind)
    {
        if (head[0] != '2')
            throw new FormatException($"The version is 0x{head[0]:X2}.");
        if (head[1] != kind)
            throw new FormatException($"A frame 0x{head[1]:X2} where '{kind}' is due.");
        return BinaryPrimitives.ReadInt32BigEndian(head[2..]);
    }

    private static int Checked(int length) =>
        length is > 0 and <= MaxFrameBytes ? length : throw new FormatException($"A frame of {length} bytes.");
}
