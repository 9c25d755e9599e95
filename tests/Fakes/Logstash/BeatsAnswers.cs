using System.Buffers.Binary;

namespace AuditHost.Fakes.Logstash;

/// <summary>What a beats input says on one connection to uncompressed windows, for a peer that does the reading itself.</summary>
public sealed class BeatsAnswers
{
    private readonly List<byte> _unread = [];
    private int _due;

    public ReadOnlyMemory<byte> To(ReadOnlyMemory<byte> piece)
    {
        _unread.AddRange(piece.Span);
        byte[] bytes = [.. _unread];
        int start = 0;
        var said = new List<byte>();
        while (FrameLength(bytes.AsSpan(start)) is { } length && bytes.Length - start >= length)
        {
            int number = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(start + 2));
            if (bytes[start + 1] == 'W')
                _due = number;
            else if (number == _due)
                said.AddRange(BeatsInput.Ack(number));
            start += length;
        }

        _unread.RemoveRange(0, start);
        return said.ToArray();
    }

    private static int? FrameLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 6)
            return null;
        if (bytes[1] == 'W')
            return 6;
        return bytes.Length < 10 ? null : 10 + BinaryPrimitives.ReadInt32BigEndian(bytes[6..]);
    }
}
