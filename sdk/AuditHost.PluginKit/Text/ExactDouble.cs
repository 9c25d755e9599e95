using System.Buffers.Text;

namespace AuditHost.PluginKit.Text;

/// <summary>Tells the numbers of JSON that a double holds from those that it would change. The latter go as text, which changes nothing.</summary>
public static class ExactDouble
{
    /// <summary>So many decimal digits come back from any double (IEEE 754, binary64).</summary>
    private const int SafeDigits = 15;

    /// <summary>No double needs more to be told from its neighbours.</summary>
    private const int MostDigits = 17;

    private const int LongestText = 32;

    /// <summary>
    /// Whether a number has a fraction or an exponent and comes back from a double with the digits that it has. One that was a double where
    /// it was written does.
    /// </summary>
    /// <param name="token">The number as JSON.</param>
    /// <param name="number">The double, where it does.</param>
    public static bool TryParse(ReadOnlySpan<byte> token, out double number)
    {
        number = 0;
        if (!token.ContainsAny(".eE"u8))
            return false;
        Span<byte> digits = stackalloc byte[MostDigits];
        if (!TryReadDigits(token, digits, out int count)
            || !Utf8Parser.TryParse(token, out number, out int used)
            || used != token.Length)
            return false;
        if (count == 0)
            return number == 0;

        // Too large, or so small that digits are lost.
        return double.IsNormal(number) && (count <= SafeDigits || HasDigits(number, digits[..count]));
    }

    private static bool HasDigits(double number, ReadOnlySpan<byte> digits)
    {
        Span<byte> text = stackalloc byte[LongestText];
        Span<byte> own = stackalloc byte[MostDigits];
        return Utf8Formatter.TryFormat(number, text, out int length)
            && TryReadDigits(text[..length], own, out int count)
            && own[..count].SequenceEqual(digits);
    }

    /// <summary>Reads the digits that count: without zeros at either end.</summary>
    /// <returns><see langword="false"/> where there are more than a double has.</returns>
    private static bool TryReadDigits(ReadOnlySpan<byte> token, Span<byte> digits, out int count)
    {
        int exponent = token.IndexOfAny("eE"u8);
        ReadOnlySpan<byte> mantissa = (exponent < 0 ? token : token[..exponent]).TrimStart("-0."u8).TrimEnd("0."u8);
        count = 0;
        foreach (byte character in mantissa)
        {
            if (character == '.')
                continue;
            if (count == digits.Length)
                return false;
            digits[count++] = character;
        }

        return true;
    }
}
