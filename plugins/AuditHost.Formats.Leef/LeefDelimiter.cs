using System.Globalization;
using AuditHost.Sdk;

namespace AuditHost.Formats.Leef;

/// <summary>The character between attributes, and how the header names it.</summary>
/// <param name="Character">The character, ASCII.</param>
/// <param name="InHeader">What stands in the header of version 2.0: the character itself, or its code.</param>
internal readonly record struct LeefDelimiter(byte Character, string InHeader)
{
    /// <summary>TAB, by its code: in the header the character itself would be lost on the way or looked over.</summary>
    public const string Default = "x09";

    private const byte Tab = (byte)'\t';

    // Event ids, times, addresses and paths are made of these: as a delimiter each would go missing in them.
    private const string InValues = "-_.:,/\\@#";

    /// <summary>Reads the setting.</summary>
    /// <exception cref="SettingsException">It is no delimiter.</exception>
    public static LeefDelimiter Parse(string text)
    {
        if (text.Length == 0)
            throw Refuse("is empty; leave it out for TAB");
        if (text.Length == 1)
            return text[0] == Tab ? new LeefDelimiter(Tab, Default) : Check(text[0], text);
        int prefix = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? 2 : text[0] is 'x' or 'X' ? 1 : 0;
        string digits = text[prefix..];
        if (prefix == 0 || digits.Length is < 1 or > 4 || !ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
            throw Refuse("is neither one character nor x or 0x and one to four hexadecimal digits, such as x5E");
        return Check((char)code, text);
    }

    private static LeefDelimiter Check(char character, string text)
    {
        if (character is '\0' or '\r' or '\n' or > '~')
            throw Refuse("is a line break, NUL or no ASCII character; an event stays on one line of ASCII punctuation, such as ^");
        if (char.IsAsciiLetterOrDigit(character) || character is ' ' or '=' || InValues.Contains(character))
            throw Refuse("is a character that keys or values are full of, and values lose it; take one that they lack, such as ^");
        if (character == '|' && text.Length == 1)
            throw Refuse("is the bar that ends each part of the header; write it as x7C");
        return new LeefDelimiter((byte)character, character < ' ' && text.Length == 1 ? $"x{(int)character:X2}" : text);
    }

    private static SettingsException Refuse(string why) => new("delimiter", $"'delimiter' {why}.");
}
