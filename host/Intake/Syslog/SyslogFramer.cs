using System.Buffers.Text;

namespace AuditHost.Intake.Syslog;

/// <summary>
/// Finds the messages of a stream, each in either framing of RFC 6587: with its number of octets in front (3.4.1), or ended by a line feed
/// (3.4.2), a NUL of old senders among them. What a message begins with says which: a digit, or anything else.
/// </summary>
/// <param name="maxBytes">The longest message.</param>
internal readonly struct SyslogFramer(int maxBytes)
{
    /// <summary>Longer numbers are of nobody who means well.</summary>
    private const int MostDigits = 7;

    /// <summary>Looks at what has come.</summary>
    /// <param name="bytes">Begins at the beginning of a message.</param>
    /// <param name="message">The message, without what frames it; with <see cref="FrameResult.TooLong"/> its first bytes.</param>
    /// <param name="used">How many bytes are dealt with.</param>
    /// <param name="rest">With <see cref="FrameResult.TooLong"/>, how many bytes behind those used belong to the message; -1 up to the next line feed.</param>
    public FrameResult Next(ReadOnlySpan<byte> bytes, out Range message, out int used, out int rest)
    {
        (message, used, rest) = (default, 0, 0);
        if (bytes.IsEmpty)
            return FrameResult.Incomplete;
        return IsCounted(bytes) ? Counted(bytes, out message, out used, out rest) : Line(bytes, out message, out used, out rest);
    }

    /// <summary>Whether a message begins with its number of octets.</summary>
    public static bool IsCounted(ReadOnlySpan<byte> bytes) => bytes[0] is >= (byte)'1' and <= (byte)'9';

    /// <summary>Where a line ends.</summary>
    public static int EndOfLine(ReadOnlySpan<byte> bytes) => bytes.IndexOfAny((byte)'\n', (byte)0);

    private FrameResult Counted(ReadOnlySpan<byte> bytes, out Range message, out int used, out int rest)
    {
        (message, used, rest) = (default, 0, 0);
        int digits = bytes.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits < 0 && bytes.Length <= MostDigits)
            return FrameResult.Incomplete;
        if (digits is < 0 or > MostDigits || bytes[digits] != ' ' || !Utf8Parser.TryParse(bytes[..digits], out int length, out _))
        {
            used = bytes.Length;
            message = ..used;
            return FrameResult.Broken;
        }

        int start = digits + 1;
        if (length > maxBytes)
        {
            used = Math.Min(bytes.Length, start + length);
            rest = start + length - used;
            message = start..used;
            return FrameResult.TooLong;
        }

        if (bytes.Length - start < length)
            return FrameResult.Incomplete;
        used = start + length;
        message = start..used;
        return FrameResult.Message;
    }

    private FrameResult Line(ReadOnlySpan<byte> bytes, out Range message, out int used, out int rest)
    {
        (message, used, rest) = (default, 0, 0);
        int end = EndOfLine(bytes);
        int length = end < 0 ? bytes.Length : end;
        if (length > maxBytes)
        {
            used = end < 0 ? length : end + 1;
            rest = end < 0 ? -1 : 0;
            message = ..length;
            return FrameResult.TooLong;
        }

        if (end < 0)
            return FrameResult.Incomplete;
        used = end + 1;
        if (length > 0 && bytes[length - 1] == '\r')
            length--;
        message = ..length;
        return length == 0 ? FrameResult.Empty : FrameResult.Message;
    }
}
