using System.Buffers.Binary;

namespace AuditHost.Journal.Records;

/// <summary>The 44 bytes after the records of one group. The first 32 are kept for the hash of the chain and are zero.</summary>
internal static class FrameTrailer
{
    public const int Size = 44;

    private const int HashLength = 32;
    private const uint Magic = 0x544841F8;
    private const int CrcAt = Size - sizeof(uint);

    public static void Write(Span<byte> bytes, int recordCount, uint seed)
    {
        bytes[..HashLength].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[HashLength..], Magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[(HashLength + 4)..], recordCount);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[CrcAt..], Crc32C.Of(seed, bytes[..CrcAt]));
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, uint seed, out int recordCount)
    {
        recordCount = 0;
        if (bytes.Length < Size || BinaryPrimitives.ReadUInt32LittleEndian(bytes[HashLength..]) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[CrcAt..]) != Crc32C.Of(seed, bytes[..CrcAt]))
        {
            return false;
        }

        recordCount = BinaryPrimitives.ReadInt32LittleEndian(bytes[(HashLength + 4)..]);
        return true;
    }
}
