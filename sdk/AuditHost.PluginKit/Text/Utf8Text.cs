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

    /// <summary>The longest beginning of so many characters, counted as UTF-16 counts them: no receiver that counts otherwise finds more.</summary>
    /// <param name="text">Valid UTF-8.</param>
    /// <param name="limit">The most characters.</param>
    public static ReadOnlySpan<byte> CutCharacters(ReadOnlySpan<byte> text, int limit)
    {
        if (text.Length <= limit)
            return text;
        for (int position = 0; position < text.Length; position++)
        {
            // Counted where a character begins; those of four bytes are two in UTF-16.
            limit -= (text[position] & 0xC0) == 0x80 ? 0 : text[position] >= 0xF0 ? 2 : 1;
            if (limit < 0)
                return text[..position];
        }

        return text;
    }
}
