using System.Buffers;

namespace AuditHost.PluginKit.Transport;

/// <summary>
/// Makes a message fit on a line. A receiver takes a line feed or NUL for the end of the message and what follows for another
/// one, which anybody could forge; so they go out visibly, as <c>\n</c>, <c>\r</c> and <c>\0</c>.
/// </summary>
internal static class LineEscaping
{
    private static readonly SearchValues<byte> Breaks = SearchValues.Create("\n\r\0"u8);

    public static bool IsNeeded(ReadOnlySpan<byte> message) => message.ContainsAny(Breaks);

    public static void Write(ReadOnlySpan<byte> message, IBufferWriter<byte> output)
    {
        while (true)
        {
            int stop = message.IndexOfAny(Breaks);
            if (stop < 0)
                break;
            output.Write(message[..stop]);
            output.Write(message[stop] switch
            {
                (byte)'\n' => "\\n"u8,
                (byte)'\r' => "\\r"u8,
                _ => "\\0"u8,
            });
            message = message[(stop + 1)..];
        }

        output.Write(message);
    }
}
