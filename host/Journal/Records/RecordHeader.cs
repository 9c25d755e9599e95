using System.Buffers.Binary;

namespace AuditHost.Journal.Records;

/// <summary>The 32 bytes before a record's attributes and payload.</summary>
internal readonly record struct RecordHeader(
    int PayloadLength, RecordKind Kind, RecordFlags Flags, ushort AttributesLength, ulong Sequence, long ReceivedAtTicks, uint ContentCrc)
{
    public const int Size = 32;

    private const int CrcAt = Size - sizeof(uint);

    public long TotalLength => (long)Size + AttributesLength + PayloadLength;

    public void Write(Span<byte> bytes, uint seed)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes, PayloadLength);
        bytes[4] = (byte)Kind;
        bytes[5] = (byte)Flags;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[6..], AttributesLength);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], ReceivedAtTicks);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[24..], ContentCrc);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[CrcAt..], Crc32C.Of(seed, bytes[..CrcAt]));
    }

    /// <summary>Reads a header whose sequence number can stand here; the range makes the search through damaged bytes cheap and safe.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, uint seed, ulong lowest, ulong highest, out RecordHeader header)
    {
        header = default;
        if (bytes.Length < Size)
            return false;
        ulong sequence = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        if (sequence < lowest || sequence > highest
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[CrcAt..]) != Crc32C.Of(seed, bytes[..CrcAt]))
        {
            return false;
        }

        header = new RecordHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes),
            (RecordKind)bytes[4],
            (RecordFlags)bytes[5],
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]),
            sequence,
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]));
        return header.PayloadLength >= 0;
    }
}
