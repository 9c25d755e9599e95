using System.Buffers.Binary;

namespace AuditHost.Lanes.Poison;

/// <summary>What a destination must remember of its attempts beyond the end of the process.</summary>
/// <param name="Running">Whether its lane runs; found so at a start, the process ended without a stop.</param>
/// <param name="Position">Its cursor when the lane started.</param>
/// <param name="Sequence">The event being attempted, or attempted when an earlier process ended; 0: none.</param>
/// <param name="Attempts">Processes that ended, or may end, during an attempt at it.</param>
internal readonly record struct AttemptState(bool Running, ulong Position, ulong Sequence, int Attempts)
{
    public const int ContentLength = 4 * sizeof(ulong);

    public void Encode(Span<byte> content)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(content, Position);
        BinaryPrimitives.WriteUInt64LittleEndian(content[8..], Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(content[16..], Attempts);
        BinaryPrimitives.WriteUInt64LittleEndian(content[24..], Running ? 1ul : 0);
    }

    public static AttemptState Decode(ReadOnlySpan<byte> content) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(content[24..]) != 0,
        BinaryPrimitives.ReadUInt64LittleEndian(content),
        BinaryPrimitives.ReadUInt64LittleEndian(content[8..]),
        (int)BinaryPrimitives.ReadInt64LittleEndian(content[16..]));
}
