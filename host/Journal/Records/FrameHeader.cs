using System.Buffers.Binary;

namespace AuditHost.Journal.Records;

/// <summary>The 48 bytes before the records of one group.</summary>
internal readonly record struct FrameHeader(
    int BodyLength, int RecordCount, int EventCount, ulong FirstSequence, long WrittenAtTicks, ulong SegmentId)
{
    public const int Size = 48;

    public const int NewestVersion = 1;

    /// <summary>Begins with a byte that no UTF-8 text holds.</summary>
    private const uint Magic = 0x464841F8;

    private const int CrcAt = Size - sizeof(uint);

    public ulong NextSequence => FirstSequence + (ulong)EventCount;

    /// <summary>Header, records and trailer together.</summary>
    public long TotalLength => Size + (long)BodyLength + FrameTrailer.Size;

    public void Write(Span<byte> bytes, uint seed)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[4..], NewestVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[6..], 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], BodyLength);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], RecordCount);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], FirstSequence);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], WrittenAtTicks);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[32..], SegmentId);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[40..], EventCount);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[CrcAt..], Crc32C.Of(seed, bytes[..CrcAt]));
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, uint seed, out int version, out FrameHeader header)
    {
        header = default;
        version = 0;
        if (bytes.Length < Size || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[CrcAt..]) != Crc32C.Of(seed, bytes[..CrcAt]))
        {
            return false;
        }

        version = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);
        header = new FrameHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[40..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]));
        return header.BodyLength >= 0;
    }
}
