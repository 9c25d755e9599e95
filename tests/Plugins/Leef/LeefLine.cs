using System.Globalization;
using System.Net;
using System.Text;

namespace AuditHost.Plugins.Tests.Leef;

/// <summary>A strict reader of LEEF, written from IBM's guide and sharing nothing with the formatter. What breaks a rule throws.</summary>
internal sealed class LeefLine
{
    private const int LongestName = 255;

    /// <summary>The keys that the guide defines, spelled as there, with the slip in identSecondlp.</summary>
    public static readonly string[] Predefined =
    [
        "cat", "devTime", "devTimeFormat", "proto", "sev", "src", "dst", "srcPort", "dstPort", "srcPreNAT", "dstPreNAT", "srcPostNAT",
        "dstPostNAT", "usrName", "srcMAC", "dstMAC", "srcPreNATPort", "dstPreNATPort", "srcPostNATPort", "dstPostNATPort", "identSrc",
        "identHostName", "identNetBios", "identGrpName", "identMAC", "vSrc", "vSrcName", "accountName", "srcBytes", "dstBytes", "srcPackets",
        "dstPackets", "totalPackets", "role", "realm", "policy", "resource", "url", "groupID", "domain", "isLoginEvent", "isLogoutEvent",
        "identSecondlp", "calLanguage", "calCountryOrRegion",
    ];

    private LeefLine(string[] header, char delimiter, List<KeyValuePair<string, string>> attributes)
    {
        Header = header;
        Delimiter = delimiter;
        Attributes = attributes;
    }

    /// <summary>Version, vendor, product, product version and EventID.</summary>
    public string[] Header { get; }

    public string EventId => Header[4];

    public char Delimiter { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Attributes { get; }

    public string? this[string key] => Attributes.Where(attribute => attribute.Key == key).Select(attribute => attribute.Value).SingleOrDefault();

    public static LeefLine Parse(string line)
    {
        string[] parts = line.Split('|', 6);
        if (parts.Length < 6)
            throw new FormatException($"The header has {parts.Length - 1} parts: {line}");
        char delimiter = '\t';
        string rest = parts[5];
        switch (parts[0])
        {
            case "LEEF:1.0":
                break;
            case "LEEF:2.0":
                int bar = rest.IndexOf('|', StringComparison.Ordinal);
                if (bar < 0)
                    throw new FormatException("LEEF 2.0 names its delimiter in a sixth part of the header.");
                delimiter = ReadDelimiter(rest[..bar]);
                rest = rest[(bar + 1)..];
                break;
            default:
                throw new FormatException($"'{parts[0]}' is no version of LEEF.");
        }

        if (parts[1..5].Any(part => string.IsNullOrWhiteSpace(part) || part.Any(IsControl)))
            throw new FormatException("A part of the header is empty or has a control character.");
        if (Encoding.UTF8.GetByteCount(parts[4]) > LongestName)
            throw new FormatException("EventID is too long.");
        return new LeefLine(parts[..5], delimiter, ReadAttributes(rest, delimiter));
    }

    private static bool IsControl(char character) => character is < ' ' or '\u007F';

    private static char ReadDelimiter(string text)
    {
        if (text.Length == 0)
            return '\t';
        if (text.Length == 1)
            return text[0];
        string digits = text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text[0] == 'x' ? text[1..] : string.Empty;
        if (digits.Length is < 1 or > 4)
            throw new FormatException($"'{text}' names no delimiter.");
        return (char)ushort.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    private static List<KeyValuePair<string, string>> ReadAttributes(string text, char delimiter)
    {
        if (text.Any(character => IsControl(character) && character != delimiter))
            throw new FormatException("A control character stands among the attributes.");
        var attributes = new List<KeyValuePair<string, string>>();
        foreach (string attribute in text.Split(delimiter))
        {
            int equals = attribute.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || equals == attribute.Length - 1)
                throw new FormatException($"'{attribute}' is no key and value.");
            string key = attribute[..equals];
            if (!key.All(char.IsAsciiLetterOrDigit))
                throw new FormatException($"'{key}' is not one word.");
            if (attributes.Any(other => other.Key == key))
                throw new FormatException($"'{key}' stands twice; the second is ignored.");
            if (!Predefined.Contains(key) && Predefined.Contains(key, StringComparer.OrdinalIgnoreCase))
                throw new FormatException($"'{key}' is a predefined key in the wrong spelling.");
            CheckValue(key, attribute[(equals + 1)..]);
            attributes.Add(new(key, attribute[(equals + 1)..]));
        }

        if (text.EndsWith(' '))
            throw new FormatException("A receiver would lose the spaces at the end of the line.");
        return attributes;
    }

    private static void CheckValue(string key, string value)
    {
        bool good = key switch
        {
            "devTime" => value.Length is 10 or 13 && value.All(char.IsAsciiDigit),
            "sev" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int severity) && severity is >= 1 and <= 10,
            "src" or "dst" or "identSrc" or "vSrc" => IPAddress.TryParse(value, out _) && (value.Contains(':', StringComparison.Ordinal) || value.Count(character => character == '.') == 3),
            "usrName" or "identHostName" or "identNetBios" or "identGrpName" or "vSrcName" or "accountName" => Encoding.UTF8.GetByteCount(value) <= LongestName,
            "isLoginEvent" or "isLogoutEvent" => value is "true" or "false",
            _ => true,
        };
        if (!good)
            throw new FormatException($"'{key}' has the value '{value}'.");
    }
}
