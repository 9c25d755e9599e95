using System.Buffers.Binary;
using System.Text.Unicode;

namespace AuditHost.Intake.Http.Otlp;

/// <summary>
/// Goes through the fields of a message of Protocol Buffers ("Encoding" of its documentation), without its schema and without allocation. Whatever is no
/// such message throws a <see cref="FormatException"/>.
/// </summary>
/// <param name="message">The message.</param>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;
    private const int LongestVarint = 10;

    private ReadOnlySpan<byte> _rest = message;
    private ReadOnlySpan<byte> _bytes;
    private ulong _number;
    private int _type;

    /// <summary>The number of the field.</summary>
    public int Field { get; private set; }

    /// <summary>A message or bytes in the field.</summary>
    public readonly ReadOnlySpan<byte> Message => _type == Bytes ? _bytes : throw Wrong();

    /// <summary>A text in the field.</summary>
    public readonly ReadOnlySpan<byte> Text => Utf8.IsValid(Message) ? _bytes : throw new FormatException($"Field {Field} is no UTF-8.");

    /// <summary>A number of whatever length.</summary>
    public readonly ulong Number => _type is Varint or Fixed64 or Fixed32 ? _number : throw Wrong();

    public readonly double Double => _type == Fixed64 ? BitConverter.UInt64BitsToDouble(_number) : throw Wrong();

    /// <summary>Goes to the next field.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
            return false;
        ulong tag = ReadVarint();
        (Field, _type) = (tag >> 3 is > 0 and <= int.MaxValue ? (int)(tag >> 3) : throw new FormatException("A field has a number that there is not."), (int)(tag & 7));
        switch (_type)
        {
            case Varint:
                _number = ReadVarint();
                break;
            case Fixed64:
                _number = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
                break;
            case Fixed32:
                _number = BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
                break;
            case Bytes:
                _bytes = Take(ReadVarint());
                break;
            default:
                throw new FormatException($"Field {Field} has a wire type that is not known: {_type}.");
        }

        return true;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int i = 0; i < LongestVarint; i++)
        {
            byte one = Take(1)[0];
            value |= (ulong)(one & 0x7F) << (7 * i);
            if (one < 0x80)
                return value;
        }

        throw new FormatException("A number has more than ten bytes.");
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)_rest.Length)
            throw new FormatException("The message ends within a field.");
        ReadOnlySpan<byte> taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    private readonly FormatException Wrong() => new($"Field {Field} is not of the type that it must be.");
}
