using System.Buffers;

namespace AuditHost.Formats.Leef;

/// <summary>The character rules. LEEF has no escapes, so what a place cannot hold becomes a space.</summary>
internal static class LeefText
{
    /// <summary>What cannot stand in a header field.</summary>
    public static SearchValues<byte> HeaderSpecials { get; } = SpecialsFor((byte)'|');

    /// <summary>Control characters and one more: what cannot stand beside it.</summary>
    public static SearchValues<byte> SpecialsFor(byte separator) =>
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Append(0x7F).Select(static code => (byte)code), separator]);

    /// <summary>Copies a text to where there is room for it, a space for each special.</summary>
    public static void Copy(ReadOnlySpan<byte> text, Span<byte> target, SearchValues<byte> specials)
    {
        text.CopyTo(target);
        target = target[..text.Length];
        while (true)
        {
            int stop = target.IndexOfAny(specials);
            if (stop < 0)
                return;
            target[stop] = (byte)' ';
            target = target[(stop + 1)..];
        }
    }
}
