using System.Runtime.CompilerServices;

namespace AuditHost.Intake;

/// <summary>What JSON takes for white space.</summary>
internal static class JsonSpace
{
    public static ReadOnlySpan<byte> Bytes => " \t\r\n"u8;

    /// <summary>The first place from <paramref name="start"/> on that is not white space.</summary>
    // Mostly there is none, and the call is spared.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Skip(ReadOnlySpan<byte> text, int start) =>
        (uint)start < (uint)text.Length && text[start] > ' ' ? start : SkipSlowly(text, start);

    private static int SkipSlowly(ReadOnlySpan<byte> text, int start)
    {
        int found = text[start..].IndexOfAnyExcept(Bytes);
        return found < 0 ? text.Length : start + found;
    }
}
