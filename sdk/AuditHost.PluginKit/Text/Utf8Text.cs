namespace AuditHost.PluginKit.Text;

/// <summary>What holds for UTF-8 in any format.</summary>
public static class Utf8Text
{
    /// <summary>The longest beginning that fits the limit and does not end inside a character.</summary>
    /// <param name="text">Valid UTF-8.</param>
    /// <param name="limit">The most bytes.</param>
    public static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text, int limit)
    {
        if (text.Length <= limit)
            return text;
        while (limit > 0 && (text[limit] & 0xC0) == 0x80)
            limit--;
        return text[..limit];
    }
}
