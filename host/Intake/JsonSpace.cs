namespace AuditHost.Intake;

/// <summary>What JSON takes for white space.</summary>
internal static class JsonSpace
{
    public static ReadOnlySpan<byte> Bytes => " \t\r\n"u8;

    /// <summary>The first place from <paramref name="start"/> on that is not white space.</summary>
    public static int Skip(ReadOnlySpan<byte> text, int start)
    {
        // Mostly there is none.
        if (start < text.Length && text[start] > ' ')
            return start;
        int found = text[start..].IndexOfAnyExcept(Bytes);
        return found < 0 ? text.Length : start + found;
    }
}
