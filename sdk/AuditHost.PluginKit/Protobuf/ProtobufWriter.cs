using System.Buffers.Binary;
using System.Numerics;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Protobuf;

/// <summary>
/// Writes the fields of protobuf messages (protobuf.dev, "Encoding"). A message within a message needs its length before it: room for that is
/// left by an estimate, and what follows moves where the estimate was wrong. Allocates nothing.
/// </summary>
public readonly struct ProtobufWriter(PooledBuffer output)
{
    private const int LongestVarint = 10;
    private const int VarintType = 0;
    private const int Fixed64Type = 1;
    private const int LengthType = 2;

    /// <summary>Writes an integer, a boolean or a member of an enum.</summary>
    public void Varint(int field, ulong value)
    {
        Span<byte> target = output.GetSpan(2 * LongestVarint);
        int used = Write(Tag(field, VarintType), target);
        output.Advance(used + Write(value, target[used..]));
    }

    /// <summary>Writes a field of type <c>fixed64</c>.</summary>
    public void Fixed64(int field, ulong value)
    {
        Span<byte> target = output.GetSpan(LongestVarint + sizeof(ulong));
        int used = Write(Tag(field, Fixed64Type), target);
        BinaryPrimitives.WriteUInt64LittleEndian(target[used..], value);
        output.Advance(used + sizeof(ulong));
    }

    /// <summary>Writes a field of type <c>double</c>.</summary>
    public void Double(int field, double value) => Fixed64(field, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>Writes a text in UTF-8, or a whole message.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Head(field, value.Length);
        Raw(value);
    }

    /// <summary>Writes an event's text; nothing where there is none.</summary>
    public void Text(int field, EventValue value)
    {
        using var text = new DecodedText(value);
        if (!text.Utf8.IsEmpty)
            Bytes(field, text.Utf8);
    }

    /// <summary>Writes what stands before a message or text of known length.</summary>
    public void Head(int field, int length)
    {
        Span<byte> target = output.GetSpan(2 * LongestVarint);
        int used = Write(Tag(field, LengthType), target);
        output.Advance(used + Write((ulong)length, target[used..]));
    }

    /// <summary>Writes fields that are encoded already.</summary>
    public void Raw(ReadOnlySpan<byte> fields)
    {
        fields.CopyTo(output.GetSpan(fields.Length));
        output.Advance(fields.Length);
    }

    /// <summary>Begins a message within this one.</summary>
    /// <param name="field">Its field.</param>
    /// <param name="expected">About how many bytes it will have.</param>
    /// <returns>What <see cref="End"/> wants to know.</returns>
    public NestedMessage Begin(int field, int expected)
    {
        int room = SizeOf((ulong)expected);
        Span<byte> target = output.GetSpan(2 * LongestVarint);
        output.Advance(Write(Tag(field, LengthType), target) + room);
        return new NestedMessage(output.Length, room);
    }

    /// <summary>Ends a message within this one.</summary>
    public void End(NestedMessage message)
    {
        ulong length = (ulong)(output.Length - message.Start);
        Write(length, output.Replace(message.Start - message.Room, message.Room, SizeOf(length)));
    }

    /// <summary>How many bytes an integer takes.</summary>
    public static int SizeOf(ulong value) => (BitOperations.Log2(value | 1) / 7) + 1;

    private static ulong Tag(int field, int type) => ((ulong)field << 3) | (uint)type;

    private static int Write(ulong value, Span<byte> target)
    {
        int used = 0;
        while (value >= 0x80)
        {
            target[used++] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[used] = (byte)value;
        return used + 1;
    }
}
