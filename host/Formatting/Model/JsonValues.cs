using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Formatting.Model;

/// <summary>Turns JSON into the values templates work with.</summary>
internal static class JsonValues
{
    /// <summary>No producer counts beyond; longer digits are not worth the time that arithmetic on them takes.</summary>
    private const int LongestInteger = 100;

    private static readonly object True = true;
    private static readonly object False = false;

    /// <param name="json">One value of an event, quotes or brackets included.</param>
    public static object? From(ReadOnlyMemory<byte> json)
    {
        ReadOnlySpan<byte> token = json.Span;
        return token[0] switch
        {
            (byte)'{' => new JsonObject(json),
            (byte)'[' => new JsonArray(json),
            (byte)'"' => new EventValue(EventValueKind.String, token[1..^1]).ToString(),
            (byte)'t' => True,
            (byte)'f' => False,
            (byte)'n' => null,
            _ => Number(token),
        };
    }

    /// <summary>The first type that prints the number as it was received: 2.0 stays 2.0, and no digit is lost.</summary>
    private static object Number(ReadOnlySpan<byte> token)
    {
        bool whole = token.IndexOfAny(".eE"u8) < 0;
        if (whole && Utf8Parser.TryParse(token, out long integer, out int consumed) && consumed == token.Length)
            return integer is >= int.MinValue and <= int.MaxValue ? (int)integer : integer;
        string text = Encoding.ASCII.GetString(token);
        if (whole && token.Length <= LongestInteger)
            return BigInteger.Parse(text, CultureInfo.InvariantCulture);
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact)
            && exact.ToString(CultureInfo.InvariantCulture) == text)
        {
            return exact;
        }

        return double.TryParse(text, CultureInfo.InvariantCulture, out double approximate) && double.IsFinite(approximate) ? approximate : text;
    }
}
