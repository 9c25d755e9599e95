using System.Buffers.Binary;

namespace AuditHost.Journal.Records;

/// <summary>The first 64 bytes of a segment file.</summary>
/// <param name="LogId">The log the segment belongs to.</param>
/// <param name="SegmentId">The number in the file's name.</param>
/// <param name="PreviousId">The segment before it, 0 for the first: tells a missing segment from a deleted one.</param>
/// <param name="FirstSequence">What its first event has or will get.</param>
/// <param name="CreatedAtTicks">UTC ticks.</param>
internal readonly record struct SegmentHeader(Guid LogId, ulong SegmentId, ulong PreviousId, ulong FirstSequence, long CreatedAtTicks)
{
    public const int Size = 64;

    public const int NewestVersion = 1;

    private const int CrcAt = Size - sizeof(uint);

    private static ReadOnlySpan<byte> Magic => "\u0001AHSEG\u001A"u8;

    public void Write(Span<byte> bytes)
    {
        bytes[..Size].Clear();
        Magic.CopyTo(bytes);
        bytes[7] = NewestVersion;
        LogId.TryWriteBytes(bytes[8..]);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], SegmentId);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[32..], PreviousId);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[40..], FirstSequence);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[48..], CreatedAtTicks);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[CrcAt..], Crc32C.Of(bytes[..CrcAt]));
    }

    /// <summary>Reads a header. Every version keeps magic, version and check where they are, so a newer one is told from a damaged one.</summary>
    /// <returns><see langword="false"/> where the bytes are no intact header.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out int version, out SegmentHeader header)
    {
        header = default;
        version = 0;
        if (bytes.Length < Size || !bytes.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[CrcAt..]) != Crc32C.Of(bytes[..CrcAt]))
        {
            return false;
        }

        version = bytes[7];
        header = new SegmentHeader(
            new Guid(bytes[8..24]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[48..]));
        return true;
    }
}
