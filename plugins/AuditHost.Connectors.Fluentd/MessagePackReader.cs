using System.Buffers.Binary;

namespace AuditHost.Connectors.Fluentd;

/// <summary>
/// Reads MessagePack from a peer that is not to be believed. First <see cref="TryMeasure"/> says whether a value is there to its end;
/// the other methods then read it.
/// </summary>
/// <param name="bytes">What the peer has said.</param>
internal ref struct MessagePackReader(ReadOnlySpan<byte> bytes)
{
    // What a server says of the Forward protocol is two deep.
    private const int MaxDepth = 8;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    /// <summary>How long the value at the beginning is.</summary>
    /// <returns>Whether all of it is there.</returns>
    /// <exception cref="InvalidDataException">It is no MessagePack, or deeper than any answer.</exception>
    public static bool TryMeasure(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        return TryPass(bytes, ref length, depth: 0);
    }

    /// <returns>The number of elements; <see langword="null"/> where there is no array.</returns>
    public int? ReadArrayHeader() => ReadContainerHeader(0x90, 0xDC);

    /// <returns>The number of pairs; <see langword="null"/> where there is no map.</returns>
    public int? ReadMapHeader() => ReadContainerHeader(0x80, 0xDE);

    /// <summary>Reads text or binary data, which servers use for the same things.</summary>
    /// <exception cref="InvalidDataException">There is something else.</exception>
    public ReadOnlySpan<byte> ReadBytes()
    {
        byte type = _bytes[_position];
        (int header, int length) = type switch
        {
            >= 0xA0 and <= 0xBF => (1, type & 0x1F),
            0xC4 or 0xD9 => (2, _bytes[_position + 1]),
            0xC5 or 0xDA => (3, BinaryPrimitives.ReadUInt16BigEndian(_bytes[(_position + 1)..])),
            0xC6 or 0xDB => (5, BinaryPrimitives.ReadInt32BigEndian(_bytes[(_position + 1)..])),
            _ => throw new InvalidDataException("Neither text nor bytes."),
        };
        ReadOnlySpan<byte> value = _bytes.Slice(_position + header, length);
        _position += header + length;
        return value;
    }

    /// <exception cref="InvalidDataException">There is something else.</exception>
    public bool ReadBoolean() => _bytes[_position++] switch
    {
        0xC2 => false,
        0xC3 => true,
        _ => throw new InvalidDataException("No boolean."),
    };

    /// <summary>Passes over a value of any kind.</summary>
    public void Skip()
    {
        TryMeasure(_bytes[_position..], out int length);
        _position += length;
    }

    private int? ReadContainerHeader(byte small, byte large)
    {
        byte type = _bytes[_position];
        if ((type & 0xF0) == small)
        {
            _position++;
            return type & 0x0F;
        }

        if (type == large)
        {
            _position += 3;
            return BinaryPrimitives.ReadUInt16BigEndian(_bytes[(_position - 2)..]);
        }

        return null;
    }

    private static bool TryPass(ReadOnlySpan<byte> bytes, ref int position, int depth)
    {
        if (depth > MaxDepth)
            throw new InvalidDataException("Nested too deep.");
        if (position >= bytes.Length)
            return false;
        byte type = bytes[position++];
        switch (type)
        {
            case <= 0x7F or >= 0xE0 or 0xC0 or 0xC2 or 0xC3:
                return true;
            case <= 0x8F:
                return TryPassAll(bytes, ref position, (type & 0x0F) * 2, depth);
            case <= 0x9F:
                return TryPassAll(bytes, ref position, type & 0x0F, depth);
            case <= 0xBF:
                return TryAdvance(bytes, ref position, type & 0x1F);
            case 0xC4 or 0xD9:
                return TryReadLength(bytes, ref position, 1, out long length) && TryAdvance(bytes, ref position, length);
            case 0xC5 or 0xDA:
                return TryReadLength(bytes, ref position, 2, out length) && TryAdvance(bytes, ref position, length);
            case 0xC6 or 0xDB:
                return TryReadLength(bytes, ref position, 4, out length) && TryAdvance(bytes, ref position, length);
            case 0xC7 or 0xC8 or 0xC9:
                return TryReadLength(bytes, ref position, 1 << (type - 0xC7), out length) && TryAdvance(bytes, ref position, length + 1);
            case 0xCA or 0xCE or 0xD2:
                return TryAdvance(bytes, ref position, 4);
            case 0xCB or 0xCF or 0xD3:
                return TryAdvance(bytes, ref position, 8);
            case 0xCC or 0xD0:
                return TryAdvance(bytes, ref position, 1);
            case 0xCD or 0xD1:
                return TryAdvance(bytes, ref position, 2);
            case >= 0xD4 and <= 0xD8:
                return TryAdvance(bytes, ref position, 1 + (1 << (type - 0xD4)));
            case 0xDC:
                return TryReadLength(bytes, ref position, 2, out length) && TryPassAll(bytes, ref position, length, depth);
            case 0xDE:
                return TryReadLength(bytes, ref position, 2, out length) && TryPassAll(bytes, ref position, length * 2, depth);
            default:
                // The one type that is never used, and containers of more elements than any answer has.
                throw new InvalidDataException("No value of an answer.");
        }
    }

    private static bool TryPassAll(ReadOnlySpan<byte> bytes, ref int position, long count, int depth)
    {
        for (; count > 0; count--)
        {
            if (!TryPass(bytes, ref position, depth + 1))
                return false;
        }

        return true;
    }

    private static bool TryReadLength(ReadOnlySpan<byte> bytes, ref int position, int size, out long length)
    {
        length = 0;
        if (bytes.Length - position < size)
            return false;
        for (int i = 0; i < size; i++)
            length = (length << 8) | bytes[position++];
        return true;
    }

    private static bool TryAdvance(ReadOnlySpan<byte> bytes, ref int position, long count)
    {
        if (bytes.Length - position < count)
            return false;
        position += (int)count;
        return true;
    }
}
