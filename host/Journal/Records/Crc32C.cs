using System.Numerics;
using System.Runtime.InteropServices;

namespace AuditHost.Journal.Records;

/// <summary>
/// CRC-32C (Castagnoli). Checks inside a log are seeded with the log's id, so that bytes a sender chose, or a block of another
/// log, never pass for a header of this one.
/// </summary>
internal static class Crc32C
{
    private const uint Start = uint.MaxValue;

    public static uint SeedOf(Guid logId)
    {
        Span<byte> bytes = stackalloc byte[16];
        logId.TryWriteBytes(bytes);
        return Append(Start, bytes);
    }

    public static uint Of(ReadOnlySpan<byte> bytes) => ~Append(Start, bytes);

    public static uint Of(uint seed, ReadOnlySpan<byte> bytes) => ~Append(seed, bytes);

    private static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
            crc = BitOperations.Crc32C(crc, word);
        foreach (byte rest in bytes[(words.Length * sizeof(ulong))..])
            crc = BitOperations.Crc32C(crc, rest);
        return crc;
    }
}
