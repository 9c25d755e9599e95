using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace AuditHost.Fakes.Fluentd;

/// <summary>Reads MessagePack by its specification. What is not there yet throws <see cref="EndOfStreamException"/>, what is wrong <see cref="FormatException"/>.</summary>
public sealed class MessagePackInput(ReadOnlyMemory<byte> bytes)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public int Position { get; private set; }

    public bool IsAtEnd => Position == bytes.Length;

    public byte Peek() => bytes.Length > Position ? bytes.Span[Position] : throw new EndOfStreamException();

    public int ReadArray() => ReadHeader(0x90, 0xDC, "an array");

    public int ReadMap() => ReadHeader(0x80, 0xDE, "a map");

    public string ReadString()
    {
        byte type = Peek();
        ReadOnlySpan<byte> text = type switch
        {
            >= 0xA0 and <= 0xBF => Take(1, type & 0x1F),
            0xD9 => Take(2, At(1)),
            0xDA => Take(3, BinaryPrimitives.ReadUInt16BigEndian(Ahead(1, 2))),
            0xDB => Take(5, BinaryPrimitives.ReadUInt32BigEndian(Ahead(1, 4))),
            _ => throw new FormatException($"0x{type:X2} is no text."),
        };
        try
        {
            return Strict.GetString(text);
        }
        catch (DecoderFallbackException exception)
        {
            throw new FormatException("A text is not UTF-8.", exception);
        }
    }

    /// <summary>Reads binary data; old clients send text for it.</summary>
    public ReadOnlyMemory<byte> ReadBinary()
    {
        byte type = Peek();
        int length = type switch
        {
            >= 0xA0 and <= 0xBF => Take(1, type & 0x1F).Length,
            0xC4 or 0xD9 => Take(2, At(1)).Length,
            0xC5 or 0xDA => Take(3, BinaryPrimitives.ReadUInt16BigEndian(Ahead(1, 2))).Length,
            0xC6 or 0xDB => Take(5, BinaryPrimitives.ReadUInt32BigEndian(Ahead(1, 4))).Length,
            _ => throw new FormatException($"0x{type:X2} is no binary data."),
        };
        return bytes.Slice(Position - length, length);
    }

    public long ReadInteger() => ReadValue() is { } value && value.AsValue().TryGetValue(out long number) ? number : throw new FormatException("No integer.");

    /// <summary>Reads an extension of 8 bytes, in either of its two forms.</summary>
    public (sbyte Type, ulong Value) ReadExtension8()
    {
        byte type = Peek();
        int header = type switch
        {
            0xD7 => 2,
            0xC7 when At(1) == 8 => 3,
            _ => throw new FormatException($"0x{type:X2} is no EventTime."),
        };
        sbyte extension = (sbyte)Ahead(header - 1, 1)[0];
        return (extension, BinaryPrimitives.ReadUInt64BigEndian(Take(header, 8)));
    }

    /// <summary>Reads a record or a value in one. Names are text and stand there once.</summary>
    public JsonNode? ReadValue()
    {
        byte type = Peek();
        switch (type)
        {
            case <= 0x7F:
                return JsonValue.Create((long)Take(1, 0, type));
            case <= 0x8F or 0xDE or 0xDF:
                return ReadObject();
            case <= 0x9F or 0xDC or 0xDD:
                var array = new JsonArray();
                for (int count = ReadArray(); count > 0; count--)
                    array.Add(ReadValue());
                return array;
            case <= 0xBF or 0xD9 or 0xDA or 0xDB:
                return JsonValue.Create(ReadString());
            case 0xC0:
                Take(1, 0);
                return null;
            case 0xC2 or 0xC3:
                Take(1, 0);
                return JsonValue.Create(type == 0xC3);
            case 0xCB:
                return JsonValue.Create(BinaryPrimitives.ReadDoubleBigEndian(Take(1, 8)));
            case 0xCC:
                return JsonValue.Create((long)Take(1, 1)[0]);
            case 0xCD:
                return JsonValue.Create((long)BinaryPrimitives.ReadUInt16BigEndian(Take(1, 2)));
            case 0xCE:
                return JsonValue.Create((long)BinaryPrimitives.ReadUInt32BigEndian(Take(1, 4)));
            case 0xCF:
                return JsonValue.Create(BinaryPrimitives.ReadUInt64BigEndian(Take(1, 8)));
            case 0xD0:
                return JsonValue.Create((long)(sbyte)Take(1, 1)[0]);
            case 0xD1:
                return JsonValue.Create((long)BinaryPrimitives.ReadInt16BigEndian(Take(1, 2)));
            case 0xD2:
                return JsonValue.Create((long)BinaryPrimitives.ReadInt32BigEndian(Take(1, 4)));
            case 0xD3:
                return JsonValue.Create(BinaryPrimitives.ReadInt64BigEndian(Take(1, 8)));
            case >= 0xE0:
                return JsonValue.Create((long)(sbyte)Take(1, 0, type));
            default:
                throw new FormatException($"0x{type:X2} has no place in a record.");
        }
    }

    /// <summary>Passes over a value of any kind without making anything of it.</summary>
    public void Skip()
    {
        byte type = Peek();
        switch (type)
        {
            case <= 0x7F or >= 0xE0 or 0xC0 or 0xC2 or 0xC3:
                Take(1, 0);
                break;
            case <= 0x8F or 0xDE or 0xDF:
                for (int count = ReadMap() * 2; count > 0; count--)
                    Skip();
                break;
            case <= 0x9F or 0xDC or 0xDD:
                for (int count = ReadArray(); count > 0; count--)
                    Skip();
                break;
            case 0xC7 or 0xD7:
                ReadExtension8();
                break;
            case 0xCC or 0xD0:
                Take(1, 1);
                break;
            case 0xCD or 0xD1:
                Take(1, 2);
                break;
            case 0xCE or 0xD2 or 0xCA:
                Take(1, 4);
                break;
            case 0xCF or 0xD3 or 0xCB:
                Take(1, 8);
                break;
            default:
                ReadBinary();
                break;
        }
    }

    private JsonObject ReadObject()
    {
        var map = new JsonObject();
        for (int count = ReadMap(); count > 0; count--)
        {
            string name = ReadString();
            if (!map.TryAdd(name, ReadValue()))
                throw new FormatException($"'{name}' stands twice in a map.");
        }

        return map;
    }

    private int ReadHeader(byte small, byte large, string what)
    {
        byte type = Peek();
        if ((type & 0xF0) == small)
            return Take(1, 0, type) & 0x0F;
        if (type == large)
            return BinaryPrimitives.ReadUInt16BigEndian(Take(1, 2));
        return type == large + 1 ? BinaryPrimitives.ReadInt32BigEndian(Take(1, 4)) : throw new FormatException($"0x{type:X2} is not {what}.");
    }

    private byte At(int offset) => Ahead(offset, 1)[0];

    private ReadOnlySpan<byte> Ahead(int offset, int length) =>
        Position + offset + length <= bytes.Length ? bytes.Span.Slice(Position + offset, length) : throw new EndOfStreamException();

    private ReadOnlySpan<byte> Take(int header, long length)
    {
        if (Position + header + length > bytes.Length)
            throw new EndOfStreamException();
        ReadOnlySpan<byte> value = bytes.Span.Slice(Position + header, (int)length);
        Position += header + (int)length;
        return value;
    }

    private byte Take(int header, int length, byte value)
    {
        Take(header, length);
        return value;
    }
}
