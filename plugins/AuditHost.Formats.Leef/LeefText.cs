using System.Buffers;
using System.Net;

namespace AuditHost.Formats.Leef;

/// <summary>The character rules. LEEF has no escapes, so what a place cannot hold becomes a space.</summary>
internal static class LeefText
{
    private const int LongestAddress = 45;

    private static readonly SearchValues<byte> AddressV4 = SearchValues.Create("0123456789."u8);
    private static readonly SearchValues<byte> AddressV6 = SearchValues.Create("0123456789abcdefABCDEF:."u8);

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

    /// <summary>Whether a text is an address as people write it, without zone, brackets and the short forms of IPv4.</summary>
    public static bool IsAddress(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > LongestAddress || !IPAddress.IsValidUtf8(text))
            return false;
        return text.Contains((byte)':') ? !text.ContainsAnyExcept(AddressV6) : text.Count((byte)'.') == 3 && !text.ContainsAnyExcept(AddressV4);
    }
}
