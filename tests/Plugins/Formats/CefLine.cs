using System.Text;

namespace AuditHost.Plugins.Tests.Formats;

/// <summary>A strict reader of CEF, written from its rules and sharing nothing with the formatter. What breaks a rule throws.</summary>
internal sealed class CefLine
{
    private const int HeaderFields = 7;

    private CefLine(string[] header, Dictionary<string, string> extensions)
    {
        Header = header;
        Extensions = extensions;
    }

    public string[] Header { get; }

    public Dictionary<string, string> Extensions { get; }

    public static CefLine Parse(string line)
    {
        if (line.FirstOrDefault(static character => character < ' ' || character == '\u007F') is not '\0' || line.Contains('\0'))
            throw new FormatException("A control character stands in the line.");
        var header = new string[HeaderFields];
        int position = 0;
        for (int field = 0; field < HeaderFields; field++)
            header[field] = ReadHeaderField(line, ref position);
        if (header[0] is not ("CEF:0" or "CEF:1"))
            throw new FormatException($"The line begins with {header[0]}.");
        return new CefLine(header, ReadExtensions(line[position..]));
    }

    private static string ReadHeaderField(string line, ref int position)
    {
        var field = new StringBuilder();
        for (; line[position] != '|'; position++)
        {
            if (line[position] == '\\' && line[++position] is not ('\\' or '|'))
                throw new FormatException($"\\{line[position]} is no escape in a header.");
            field.Append(line[position]);
        }

        position++;
        return field.ToString();
    }

    private static Dictionary<string, string> ReadExtensions(string text)
    {
        List<int> separators = [.. SeparatorsOf(text)];
        var extensions = new Dictionary<string, string>();
        for (int index = 0; index < separators.Count; index++)
        {
            int start = KeyStart(text, separators[index]);
            string key = text[start..separators[index]];
            if (key.Length == 0 || !key.All(char.IsAsciiLetterOrDigit))
                throw new FormatException($"'{key}' is no key.");
            int end = index + 1 < separators.Count ? KeyStart(text, separators[index + 1]) - 1 : text.Length;
            string value = Unescape(text[(separators[index] + 1)..end]);
            if (value.Length == 0)
                throw new FormatException($"{key} is empty.");
            extensions.Add(key, value);
        }

        if (text.EndsWith(' '))
            throw new FormatException("A receiver would lose the last value's spaces.");
        return extensions;
    }

    private static int KeyStart(string text, int separator) => text.LastIndexOf(' ', separator) + 1;

    private static IEnumerable<int> SeparatorsOf(string text)
    {
        for (int index = 0; index < text.Length; index++)
        {
            if (text[index] == '\\')
                index++;
            else if (text[index] == '=')
                yield return index;
        }
    }

    private static string Unescape(string value)
    {
        var text = new StringBuilder();
        for (int index = 0; index < value.Length; index++)
        {
            text.Append(value[index] != '\\' ? value[index] : value[++index] switch
            {
                '\\' => '\\',
                '=' => '=',
                'n' => '\n',
                'r' => '\r',
                char other => throw new FormatException($"\\{other} is no escape in a value."),
            });
        }

        return text.ToString();
    }
}
