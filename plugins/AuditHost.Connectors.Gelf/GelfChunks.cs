using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AuditHost.Connectors.Gelf;

/// <summary>
/// The chunks of a message that does not fit one datagram: two magic bytes, eight that name the message, the chunk's number from 0, how many
/// there are, and a part of the message. All parts but the last are of the same length.
/// </summary>
internal static class GelfChunks
{
    public const int HeaderBytes = 12;

    /// <summary>More than so many, and Graylog drops all of them.</summary>
    public const int MaxCount = 128;

    private const int IdBytes = 8;

    /// <summary>How many chunks a message takes.</summary>
    public static int Count(int messageBytes, int chunkBytes) => ((messageBytes - 1) / (chunkBytes - HeaderBytes)) + 1;

    /// <summary>The name of a message: the same on every attempt, so that what comes again completes what got lost on the way.</summary>
    /// <param name="key">The event's key.</param>
    public static ulong IdOf(string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    /// <summary>Writes one chunk.</summary>
    /// <param name="message">The whole message, compressed or not.</param>
    /// <param name="id">Its name.</param>
    /// <param name="number">Which chunk, from 0.</param>
    /// <param name="target">Takes the chunk; its length is the most of a datagram.</param>
    /// <returns>The chunk's length.</returns>
    public static int Write(ReadOnlySpan<byte> message, ulong id, int number, Span<byte> target)
    {
        int part = target.Length - HeaderBytes;
        ReadOnlySpan<byte> data = message[(number * part)..Math.Min(message.Length, (number + 1) * part)];
        target[0] = 0x1E;
        target[1] = 0x0F;
        BinaryPrimitives.WriteUInt64BigEndian(target[2..], id);
        target[2 + IdBytes] = (byte)number;
        target[3 + IdBytes] = (byte)Count(message.Length, target.Length);
        data.CopyTo(target[HeaderBytes..]);
        return HeaderBytes + data.Length;
    }
}
