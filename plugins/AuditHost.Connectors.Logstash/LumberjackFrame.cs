using System.Buffers.Binary;

namespace AuditHost.Connectors.Logstash;

/// <summary>
/// The frames of Lumberjack 2, all integers big-endian (what go-lumber and logstash-input-beats read). Each begins with the version and its
/// kind.
/// </summary>
internal static class LumberjackFrame
{
    public const int WindowBytes = 6;
    public const int DataHeaderBytes = 10;
    public const int CompressedHeaderBytes = 6;
    public const int AckBytes = 6;

    private const byte Version = (byte)'2';

    /// <summary>How many events follow before an acknowledgement is due.</summary>
    public static void WriteWindow(Span<byte> target, int count) => WriteHeader(target, 'W', (uint)count);

    /// <summary>What stands before an event; the first of a window has the number 1.</summary>
    public static void WriteDataHeader(Span<byte> target, int number, int length)
    {
        WriteHeader(target, 'J', (uint)number);
        BinaryPrimitives.WriteInt32BigEndian(target[6..], length);
    }

    /// <summary>What stands before frames in zlib.</summary>
    public static void WriteCompressedHeader(Span<byte> target, int length) => WriteHeader(target, 'C', (uint)length);

    /// <summary>Reads an acknowledgement, which speaks for all events up to its number; 0 says no more than that the server is alive.</summary>
    /// <exception cref="IOException">It is something else.</exception>
    public static uint ReadAck(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] != Version || bytes[1] != 'A')
            throw new IOException("The receiver answers otherwise than Lumberjack 2 has it. Is it a beats input?");
        return BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]);
    }

    private static void WriteHeader(Span<byte> target, char kind, uint value)
    {
        target[0] = Version;
        target[1] = (byte)kind;
        BinaryPrimitives.WriteUInt32BigEndian(target[2..], value);
    }
}
