using System.Buffers.Text;

namespace AuditHost.Load;

/// <summary>Where an HTTP message ends. Cheap instead of complete: both ends are ours or the host's.</summary>
internal static class HttpMessage
{
    /// <summary>The length of the message that a buffer begins with; <see langword="null"/> while that cannot be told.</summary>
    public static int? LengthOf(ReadOnlySpan<byte> buffer)
    {
        int end = buffer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return null;
        ReadOnlySpan<byte> head = buffer[..(end + 2)];
        int body = end + 4;
        while (!head.IsEmpty)
        {
            int line = head.IndexOf("\r\n"u8);
            if (StartsWith(head[..line], "content-length:"u8))
                return Utf8Parser.TryParse(head[15..line].TrimStart((byte)' '), out int length, out _) ? body + length : throw Unreadable();
            if (StartsWith(head[..line], "transfer-encoding:"u8))
                return EndOfChunks(buffer, body);
            head = head[(line + 2)..];
        }

        return body;
    }

    private static int? EndOfChunks(ReadOnlySpan<byte> buffer, int position)
    {
        while (true)
        {
            int line = buffer[position..].IndexOf("\r\n"u8);
            if (line < 0)
                return null;
            if (!Utf8Parser.TryParse(buffer.Slice(position, line), out int length, out _, 'x'))
                throw Unreadable();
            position += line + 2 + length + 2;
            if (position > buffer.Length)
                return null;
            if (length == 0)
                return position;
        }
    }

    private static bool StartsWith(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        line.Length >= name.Length && System.Text.Ascii.EqualsIgnoreCase(line[..name.Length], name);

    private static IOException Unreadable() => new("The head of an HTTP message has a length that cannot be read.");
}
