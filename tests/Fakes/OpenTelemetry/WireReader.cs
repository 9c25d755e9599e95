using System.Buffers.Binary;
using System.Text;

namespace AuditHost.Fakes.OpenTelemetry;

/// <summary>
/// Reads protobuf's wire format, and refuses what its encoding guide does not have: integers longer than they need be, groups, texts that
/// are no UTF-8, lengths beyond the message.
/// </summary>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    public const int Varint = 0;
    public const int Fixed64 = 1;
    public const int Length = 2;
    public const int Fixed32 = 5;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = message;

    public int Field { get; private set; }

    public int Type { get; private set; }

    /// <summary>Goes to the next field, whose value must be read next.</summary>
    /// <exception cref="FormatException">The message is broken.</exception>
    public bool Next()
    {
        if (_rest.IsEmpty)
            return false;
        ulong tag = ReadVarint();
        Type = (int)(tag & 7);
        Field = tag >> 3 is > 0 and < 1 << 29 ? (int)(tag >> 3) : throw new FormatException("a field number that protobuf does not have");
        return true;
    }

    public ulong ReadVarint()
    {
        ulong value = 0;
        for (int index = 0; index < 10 && index < _rest.Length; index++)
        {
            byte one = _rest[index];
            value |= (ulong)(one & 0x7F) << (7 * index);
            if (one >= 0x80)
                continue;
            if ((one == 0 && index > 0) || (index == 9 && one > 1))
                throw new FormatException("an integer that is longer than it need be");
            _rest = _rest[(index + 1)..];
            return value;
        }

        throw new FormatException("an integer without end");
    }

    public ulong ReadFixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    public ReadOnlySpan<byte> ReadBytes() => Take(ReadVarint());

    public string ReadText()
    {
        try
        {
            return StrictUtf8.GetString(ReadBytes());
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException("a text that is no UTF-8");
        }
    }

    /// <summary>Passes over a value of a field that is not known.</summary>
    public void Skip()
    {
        switch (Type)
        {
            case Varint:
                ReadVarint();
                break;
            case Fixed64:
                Take(sizeof(ulong));
                break;
            case Length:
                ReadBytes();
                break;
            case Fixed32:
                Take(sizeof(uint));
                break;
            default:
                throw new FormatException("a wire type that proto3 does not have");
        }
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_rest.Length)
            throw new FormatException("a value that ends beyond its message");
        ReadOnlySpan<byte> taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }
}
