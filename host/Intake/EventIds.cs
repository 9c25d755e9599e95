using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AuditHost.Intake;

/// <summary>
/// Ids of version 7 (RFC 9562) for events that come without one. Randomness is taken from the system for a hundred at a time: asking for each
/// is a system call per event.
/// </summary>
internal sealed class EventIds
{
    private const int TimeBytes = 6;
    private const int RandomBytes = 10;

    private readonly byte[] _random = new byte[100 * RandomBytes];
    private int _left;

    public Guid Next()
    {
        if (_left == 0)
        {
            RandomNumberGenerator.Fill(_random);
            _left = _random.Length;
        }

        _left -= RandomBytes;
        Span<byte> id = stackalloc byte[TimeBytes + RandomBytes];
        BinaryPrimitives.WriteInt64BigEndian(id, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() << 16);
        _random.AsSpan(_left, RandomBytes).CopyTo(id[TimeBytes..]);
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
