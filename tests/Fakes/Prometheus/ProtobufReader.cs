using System.Buffers.Binary;

namespace AuditHost.Fakes.Prometheus;

/// <summary>Reads the fields of one protobuf message in their order. An unknown type or a field that breaks off is a <see cref="FormatException"/>.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    public int Field { get; private set; }

    /// <summary>The value of a varint field.</summary>
    public ulong Number { get; private set; }

    /// <summary>The value of a field of 64 bits.</summary>
    public double Double { get; private set; }

    /// <summary>The value of a field with a length.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    public bool Read()
    {
        if (_rest.IsEmpty)
            return false;
        ulong tag = ReadVarint(ref _rest);
        Field = (int)(tag >> 3);
        switch (tag & 7)
        {
            case 0:
                Number = ReadVarint(ref _rest);
                break;
            case 1 when _rest.Length >= 8:
                Double = BinaryPrimitives.ReadDoubleLittleEndian(_rest);
                _rest = _rest[8..];
                break;
            case 2:
                ulong length = ReadVarint(ref _rest);
                if (length > (ulong)_rest.Length)
                    throw new FormatException("a field that breaks off");
                Bytes = _rest[..(int)length];
                _rest = _rest[(int)length..];
                break;
            default:
                throw new FormatException("a field of a type that remote write does not have");
        }

        return true;
    }

    public static ulong ReadVarint(ref ReadOnlySpan<byte> from)
    {
        ulong value = 0;
        for (int i = 0; i < from.Length && i < 10; i++)
        {
            value |= (ulong)(from[i] & 0x7F) << (7 * i);
            if (from[i] >= 0x80)
                continue;
            from = from[(i + 1)..];
            return value;
        }

        throw new FormatException("a number without an end");
    }
}
