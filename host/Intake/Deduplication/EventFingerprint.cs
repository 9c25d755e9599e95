using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AuditHost.Intake.Deduplication;

/// <summary>
/// Stands for an event's bytes. A cryptographic hash, since a sender who could make two events look alike could make the host
/// pass over one of them.
/// </summary>
internal static class EventFingerprint
{
    public static UInt128 Of(ReadOnlySpan<byte> json)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(json, hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }
}
