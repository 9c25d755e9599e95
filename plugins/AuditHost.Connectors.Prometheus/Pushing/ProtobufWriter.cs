using System.Buffers;
using System.Buffers.Binary;

namespace AuditHost.Connectors.Prometheus.Pushing;

/// <summary>The four ways of protobuf to write a field that remote write needs ("Encoding" of the protobuf documentation).</summary>
internal static class ProtobufWriter
{
    private const int VarintType = 0;
    private const int DoubleType = 1;
    private const int BytesType = 2;

    public static void Varint(IBufferWriter<byte> output, ulong value)
    {
        Span<byte> target = output.GetSpan(10);
        int length = 0;
        while (value >= 0x80)
        {
            target[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[length++] = (byte)value;
        output.Advance(length);
    }

    public static void Varint(IBufferWriter<byte> output, int field, ulong value)
    {
        Varint(output, Tag(field, VarintType));
        Varint(output, value);
    }

    public static void Double(IBufferWriter<byte> output, int field, double value)
    {
        Varint(output, Tag(field, DoubleType));
        BinaryPrimitives.WriteDoubleLittleEndian(output.GetSpan(sizeof(double)), value);
        output.Advance(sizeof(double));
    }

    public static void Bytes(IBufferWriter<byte> output, int field, ReadOnlySpan<byte> value)
    {
        Varint(output, Tag(field, BytesType));
        Varint(output, (ulong)value.Length);
        output.Write(value);
    }

    private static ulong Tag(int field, int type) => ((ulong)field << 3) | (uint)type;
}
