using System.Buffers;
using System.Text;

namespace AuditHost.Formatting.Functions;

/// <summary>How a value is written where certain characters mean something. Text without any of them is returned as it is.</summary>
internal static class TextEscapes
{
    private static readonly SearchValues<char> CefHeaderSpecials = SearchValues.Create(Controls + "\\|");
    private static readonly SearchValues<char> CefSpecials = SearchValues.Create(Controls + "\\=");
    private static readonly SearchValues<char> XmlSpecials = SearchValues.Create(Controls + "&<>\"'\uFFFE\uFFFF");
    private static readonly SearchValues<char> SlackSpecials = SearchValues.Create("&<>");

    private const string Controls =
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\u007F";

    /// <summary>A field of a CEF header: <c>\</c> and <c>|</c>. A header has no form for a line break or a control character; each becomes a space.</summary>
    public static string CefHeader(string text) => Escape(text, CefHeaderSpecials, static character => character switch
    {
        '\\' => "\\\\",
        '|' => "\\|",
        _ => " ",
    });

    /// <summary>The value of a CEF extension: <c>\</c>, <c>=</c> and line breaks. Other control characters become spaces.</summary>
    public static string Cef(string text) => Escape(text, CefSpecials, static character => character switch
    {
        '\\' => "\\\\",
        '=' => "\\=",
        '\n' => "\\n",
        '\r' => "\\r",
        _ => " ",
    });

    /// <summary>
    /// XML text or an attribute's value. Line breaks and tabs become references, since readers would turn them into spaces in
    /// an attribute; what XML 1.0 cannot hold at all becomes U+FFFD.
    /// </summary>
    public static string Xml(string text) => Escape(text, XmlSpecials, static character => character switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        '\t' => "&#9;",
        '\n' => "&#10;",
        '\r' => "&#13;",
        '\u007F' => "&#127;",
        _ => "\uFFFD",
    });

    /// <summary>The three characters Slack asks to have escaped, https://api.slack.com/reference/surfaces/formatting#escaping.</summary>
    public static string Slack(string text) => Escape(text, SlackSpecials, static character => character switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        _ => "&gt;",
    });

    /// <summary>One part of a URL's path, or one value of its query.</summary>
    public static string Url(string text) => Uri.EscapeDataString(text);

    private static string Escape(string text, SearchValues<char> specials, Func<char, string> replacement)
    {
        ReadOnlySpan<char> rest = text;
        int next = rest.IndexOfAny(specials);
        if (next < 0)
            return text;
        var escaped = new StringBuilder(text.Length + 16);
        for (; next >= 0; next = rest.IndexOfAny(specials))
        {
            if (escaped.Length > TemplateLimits.Text)
                throw new InvalidOperationException($"The escaped text is longer than {TemplateLimits.Text} characters.");
            escaped.Append(rest[..next]).Append(replacement(rest[next]));
            rest = rest[(next + 1)..];
        }

        return escaped.Append(rest).ToString();
    }
}
