using System.Buffers;
using System.Buffers.Binary;

namespace AuditHost.Connectors.Fluentd;

/// <summary>Writes MessagePack, each value in its shortest form, into an array of the shared pool that is used again and again.</summary>
internal sealed class MessagePackBuffer : IBufferWriter<byte>, IDisposable
{
    private const int FirstBytes = 64 << 10;

    private byte[] _array = [];

    /// <summary>How much was written, in bytes. Lowered, what stood behind is forgotten.</summary>
    public int Length { get; set; }

    /// <summary>What was written, valid until the next write. It can still be changed.</summary>
    public Memory<byte> Written => _array.AsMemory(0, Length);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _array.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _array.AsSpan(Length);
    }

    /// <summary>Writes bytes as they are.</summary>
    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    public void WriteByte(byte value)
    {
        GetSpan(1)[0] = value;
        Length++;
    }

    public void WriteNil() => WriteByte(0xC0);

    public void WriteBoolean(bool value) => WriteByte((byte)(value ? 0xC3 : 0xC2));

    /// <param name="utf8">The text.</param>
    public void WriteString(ReadOnlySpan<byte> utf8)
    {
        Span<byte> target = GetSpan(utf8.Length + 5);
        int header = WriteStringHeader(target, utf8.Length);
        utf8.CopyTo(target[header..]);
        Length += header + utf8.Length;
    }

    public void WriteInteger(long value)
    {
        if (value >= 0)
        {
            WriteInteger((ulong)value);
            return;
        }

        Span<byte> target = GetSpan(9);
        switch (value)
        {
            case >= -32:
                target[0] = (byte)value;
                Length++;
                break;
            case >= sbyte.MinValue:
                target[0] = 0xD0;
                target[1] = (byte)value;
                Length += 2;
                break;
            case >= short.MinValue:
                target[0] = 0xD1;
                BinaryPrimitives.WriteInt16BigEndian(target[1..], (short)value);
                Length += 3;
                break;
            case >= int.MinValue:
                target[0] = 0xD2;
                BinaryPrimitives.WriteInt32BigEndian(target[1..], (int)value);
                Length += 5;
                break;
            default:
                target[0] = 0xD3;
                BinaryPrimitives.WriteInt64BigEndian(target[1..], value);
                Length += 9;
                break;
        }
    }

    public void WriteInteger(ulong value)
    {
        Span<byte> target = GetSpan(9);
        switch (value)
        {
            case < 128:
                target[0] = (byte)value;
                Length++;
                break;
            case <= byte.MaxValue:
                target[0] = 0xCC;
                target[1] = (byte)value;
                Length += 2;
                break;
            case <= ushort.MaxValue:
                target[0] = 0xCD;
                BinaryPrimitives.WriteUInt16BigEndian(target[1..], (ushort)value);
                Length += 3;
                break;
            case <= uint.MaxValue:
                target[0] = 0xCE;
                BinaryPrimitives.WriteUInt32BigEndian(target[1..], (uint)value);
                Length += 5;
                break;
            default:
                target[0] = 0xCF;
                BinaryPrimitives.WriteUInt64BigEndian(target[1..], value);
                Length += 9;
                break;
        }
    }

    public void WriteDouble(double value)
    {
        Span<byte> target = GetSpan(9);
        target[0] = 0xCB;
        BinaryPrimitives.WriteDoubleBigEndian(target[1..], value);
        Length += 9;
    }

    /// <summary>The header of a text whose bytes follow.</summary>
    /// <returns>Its length.</returns>
    public static int WriteStringHeader(Span<byte> target, int length)
    {
        if (length < 32)
        {
            target[0] = (byte)(0xA0 | length);
            return 1;
        }

        return WriteLength(target, length, 0xD9, 0xDA, 0xDB);
    }

    /// <summary>The header of bytes that follow.</summary>
    /// <returns>Its length.</returns>
    public static int WriteBinaryHeader(Span<byte> target, int length) => WriteLength(target, length, 0xC4, 0xC5, 0xC6);

    /// <summary>
    /// Puts the number of elements into the byte that was left free for it, when all of them are written. More than fit that byte move
    /// the elements.
    /// </summary>
    /// <param name="start">Where the free byte is.</param>
    /// <param name="count">How many elements, or pairs of a map, stand behind it.</param>
    /// <param name="isMap">Whether they are pairs.</param>
    public void CloseContainer(int start, int count, bool isMap)
    {
        if (count < 16)
        {
            _array[start] = (byte)((isMap ? 0x80 : 0x90) | count);
            return;
        }

        int further = count <= ushort.MaxValue ? 2 : 4;
        Reserve(further);
        int first = start + 1;
        _array.AsSpan(first, Length - first).CopyTo(_array.AsSpan(first + further));
        Length += further;
        if (further == 2)
        {
            _array[start] = (byte)(isMap ? 0xDE : 0xDC);
            BinaryPrimitives.WriteUInt16BigEndian(_array.AsSpan(first), (ushort)count);
        }
        else
        {
            _array[start] = (byte)(isMap ? 0xDF : 0xDD);
            BinaryPrimitives.WriteUInt32BigEndian(_array.AsSpan(first), (uint)count);
        }
    }

    public void Dispose()
    {
        if (_array.Length > 0)
            ArrayPool<byte>.Shared.Return(_array);
        _array = [];
        Length = 0;
    }

    private static int WriteLength(Span<byte> target, int length, byte short8, byte short16, byte short32)
    {
        switch (length)
        {
            case <= byte.MaxValue:
                target[0] = short8;
                target[1] = (byte)length;
                return 2;
            case <= ushort.MaxValue:
                target[0] = short16;
                BinaryPrimitives.WriteUInt16BigEndian(target[1..], (ushort)length);
                return 3;
            default:
                target[0] = short32;
                BinaryPrimitives.WriteInt32BigEndian(target[1..], length);
                return 5;
        }
    }

    private void Reserve(int count)
    {
        if (_array.Length - Length >= count)
            return;
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(FirstBytes, _array.Length * 2), Length + count));
        _array.AsSpan(0, Length).CopyTo(larger);
        if (_array.Length > 0)
            ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}
