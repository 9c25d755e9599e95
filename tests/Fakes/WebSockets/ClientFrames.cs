using System.Buffers.Binary;

namespace AuditHost.Fakes.WebSockets;

/// <summary>Reads the frames of a client as RFC 6455, section 5.2, has them; what breaks a rule is a <see cref="FormatException"/>.</summary>
public sealed class ClientFrames
{
    private const int MaxControlBytes = 125;

    private byte[] _buffer = new byte[16 << 10];
    private int _start;
    private int _end;

    /// <summary>Adds what came over the wire.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (_buffer.Length - _end < bytes.Length)
        {
            byte[] target = _end - _start + bytes.Length > _buffer.Length ? new byte[Math.Max(_buffer.Length * 2, _end - _start + bytes.Length)] : _buffer;
            _buffer.AsSpan(_start, _end - _start).CopyTo(target);
            (_buffer, _start, _end) = (target, 0, _end - _start);
        }

        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Takes the next frame, if all of it has come.</summary>
    /// <param name="maxPayload">A longer one is reported by its header alone, with no payload, as <paramref name="tooLong"/>.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="tooLong">Whether it is longer than that.</param>
    public bool TryRead(long maxPayload, out ClientFrame frame, out bool tooLong)
    {
        frame = default;
        tooLong = false;
        ReadOnlySpan<byte> unread = _buffer.AsSpan(_start, _end - _start);
        if (unread.Length < 2)
            return false;
        int opcode = unread[0] & 0x0F;
        bool isFinal = (unread[0] & 0x80) != 0;
        Check((unread[0] & 0x70) == 0, "A reserved bit is set although no extension was agreed on.");
        Check(opcode is 0 or 1 or 2 or 8 or 9 or 10, "An opcode that is not defined.");
        Check((unread[1] & 0x80) != 0, "A client's frame is not masked.");
        int shortLength = unread[1] & 0x7F;
        int lengthBytes = shortLength switch { 126 => 2, 127 => 8, _ => 0 };
        int header = 2 + lengthBytes + 4;
        if (unread.Length < header)
            return false;
        long length = lengthBytes switch
        {
            2 => BinaryPrimitives.ReadUInt16BigEndian(unread[2..]),
            8 => BinaryPrimitives.ReadInt64BigEndian(unread[2..]),
            _ => shortLength,
        };
        Check(lengthBytes == 0 || length > (lengthBytes == 2 ? MaxControlBytes : ushort.MaxValue), "A length is not in its shortest form.");
        Check(opcode < 8 || (isFinal && length <= MaxControlBytes), "A control frame is fragmented or too long.");
        if (length > maxPayload)
        {
            tooLong = true;
            return true;
        }

        if (unread.Length < header + length)
            return false;
        Unmask(_buffer.AsSpan(_start + header, (int)length), unread.Slice(header - 4, 4));
        frame = new ClientFrame(opcode, isFinal, _buffer.AsMemory(_start + header, (int)length));
        _start += header + (int)length;
        return true;
    }

    private static void Unmask(Span<byte> payload, ReadOnlySpan<byte> mask)
    {
        Span<byte> eight = stackalloc byte[8];
        mask.CopyTo(eight);
        mask.CopyTo(eight[4..]);
        ulong wide = BinaryPrimitives.ReadUInt64LittleEndian(eight);
        int index = 0;
        for (; index <= payload.Length - 8; index += 8)
            BinaryPrimitives.WriteUInt64LittleEndian(payload[index..], BinaryPrimitives.ReadUInt64LittleEndian(payload[index..]) ^ wide);
        for (; index < payload.Length; index++)
            payload[index] ^= mask[index & 3];
    }

    private static void Check(bool holds, string rule)
    {
        if (!holds)
            throw new FormatException(rule);
    }
}
