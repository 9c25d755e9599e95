using System.Net.Mime;
using System.Text;
using System.Text.Json;

namespace AuditHost.Formatting;

/// <summary>Checks a rendering against the media type it claims. A forgotten escape becomes an error here, not an injection there.</summary>
internal sealed class OutputCheck
{
    private const int ExcerptBytes = 40;

    private readonly bool _json;
    private readonly bool _jsonLines;

    private OutputCheck(bool json, bool jsonLines)
    {
        _json = json;
        _jsonLines = jsonLines;
    }

    public static OutputCheck For(string contentType) => new(IsJson(contentType), IsJsonLines(contentType));

    /// <summary>Whether a rendering is one JSON value.</summary>
    public static bool IsJson(string contentType)
    {
        ReadOnlySpan<char> type = TypeOf(contentType);
        return type.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether each line of a rendering is a JSON value.</summary>
    public static bool IsJsonLines(string contentType)
    {
        ReadOnlySpan<char> type = TypeOf(contentType);
        return type.Equals("application/x-ndjson", StringComparison.OrdinalIgnoreCase) || type.Equals("application/jsonl", StringComparison.OrdinalIgnoreCase);
    }

    /// <exception cref="FormatException">It is not what its media type says.</exception>
    public void Run(string name, ReadOnlySpan<byte> output)
    {
        if (_json)
            CheckJson(name, output, firstLine: 1);
        if (!_jsonLines)
            return;
        for (int line = 1; !output.IsEmpty; line++)
        {
            int end = output.IndexOf((byte)'\n');
            ReadOnlySpan<byte> content = end < 0 ? output : output[..end];
            if (content.ContainsAnyExcept(" \t\r"u8))
                CheckJson(name, content, line);
            output = end < 0 ? default : output[(end + 1)..];
        }
    }

    private static ReadOnlySpan<char> TypeOf(string contentType)
    {
        int parameters = contentType.IndexOf(';', StringComparison.Ordinal);
        return contentType.AsSpan(0, parameters < 0 ? contentType.Length : parameters).Trim();
    }

    private static void CheckJson(string name, ReadOnlySpan<byte> output, int firstLine)
    {
        var reader = new Utf8JsonReader(output);
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException exception)
        {
            long line = exception.LineNumber ?? 0;
            long column = exception.BytePositionInLine ?? 0;
            throw new FormatException(
                $"{name}: what it rendered is not valid JSON at line {line + firstLine}, byte {column + 1} of the output, near "
                + $"`{Excerpt(output, line, (int)column)}`. Is a `| json` missing?",
                exception);
        }
    }

    /// <summary>A few bytes around the place: enough to find it, too little to spread the event.</summary>
    private static string Excerpt(ReadOnlySpan<byte> output, long line, int column)
    {
        for (; line > 0 && output.IndexOf((byte)'\n') is >= 0 and int end; line--)
            output = output[(end + 1)..];
        int start = Math.Max(0, Math.Min(column, output.Length) - (ExcerptBytes / 2));
        ReadOnlySpan<byte> near = output[start..Math.Min(output.Length, start + ExcerptBytes)];
        char[] shown = Encoding.UTF8.GetString(near).ToCharArray();
        for (int index = 0; index < shown.Length; index++)
        {
            if (char.IsControl(shown[index]))
                shown[index] = '·';
        }

        return new string(shown);
    }
}
