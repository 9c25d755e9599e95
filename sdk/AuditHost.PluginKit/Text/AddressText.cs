using System.Buffers;
using System.Net;

namespace AuditHost.PluginKit.Text;

/// <summary>Tells addresses from names, for fields whose receiver refuses an event over anything else.</summary>
public static class AddressText
{
    private const int LongestAddress = 45;

    private static readonly SearchValues<byte> AddressV4 = SearchValues.Create("0123456789."u8);
    private static readonly SearchValues<byte> AddressV6 = SearchValues.Create("0123456789abcdefABCDEF:."u8);

    /// <summary>Whether a text is an address as people write it, without zone, brackets and the short forms of IPv4.</summary>
    public static bool IsAddress(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > LongestAddress || !IPAddress.IsValidUtf8(text))
            return false;
        return text.Contains((byte)':') ? !text.ContainsAnyExcept(AddressV6) : text.Count((byte)'.') == 3 && !text.ContainsAnyExcept(AddressV4);
    }
}
