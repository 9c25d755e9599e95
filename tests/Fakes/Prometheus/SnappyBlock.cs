namespace AuditHost.Fakes.Prometheus;

/// <summary>Reads Snappy's block format by its published description ("format_description.txt" of google/snappy).</summary>
public static class SnappyBlock
{
    /// <exception cref="FormatException">It is none.</exception>
    public static byte[] Decompress(ReadOnlySpan<byte> block)
    {
        int at = 0;
        byte[] plain = new byte[ReadLength(block, ref at)];
        int length = 0;
        try
        {
            while (at < block.Length)
            {
                byte tag = block[at++];
                if ((tag & 3) == 0)
                {
                    int literal = tag >> 2;
                    if (literal >= 60)
                        literal = ReadLittleEndian(block, ref at, literal - 59);
                    literal++;
                    block.Slice(at, literal).CopyTo(plain.AsSpan(length, literal));
                    at += literal;
                    length += literal;
                    continue;
                }

                (int count, int offset) = (tag & 3) switch
                {
                    1 => (((tag >> 2) & 7) + 4, ((tag >> 5) << 8) | block[at++]),
                    2 => ((tag >> 2) + 1, ReadLittleEndian(block, ref at, 2)),
                    _ => ((tag >> 2) + 1, ReadLittleEndian(block, ref at, 4)),
                };
                if (offset == 0 || offset > length)
                    throw new FormatException("a copy from before the beginning");
                for (int i = 0; i < count; i++, length++)
                    plain[length] = plain[length - offset];
            }
        }
        catch (Exception exception) when (exception is IndexOutOfRangeException or ArgumentException)
        {
            throw new FormatException("a block that breaks off or is longer than it says", exception);
        }

        return length == plain.Length ? plain : throw new FormatException("a block that is shorter than it says");
    }

    private static int ReadLength(ReadOnlySpan<byte> block, ref int at)
    {
        int length = 0;
        for (int shift = 0; at < block.Length && shift < 32; shift += 7)
        {
            byte one = block[at++];
            length |= (one & 0x7F) << shift;
            if (one < 0x80)
                return length is >= 0 and < (64 << 20) ? length : throw new FormatException("a block of more than 64 MB");
        }

        throw new FormatException("no length");
    }

    private static int ReadLittleEndian(ReadOnlySpan<byte> block, ref int at, int bytes)
    {
        int value = 0;
        for (int i = 0; i < bytes; i++)
            value |= block[at++] << (8 * i);
        return value;
    }
}
