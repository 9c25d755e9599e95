using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AuditHost.EndToEnd.Network;

/// <summary>An HTTP answer as it comes in, until it is complete by its Content-Length.</summary>
internal sealed partial class HttpAnswer
{
    private readonly List<byte> _bytes = [];

    public byte[] Bytes => [.. _bytes];

    public int ContentLength { get; private set; }

    /// <returns>Whether it is complete.</returns>
    public bool Add(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        string text = Encoding.Latin1.GetString(Bytes);
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return false;
        ContentLength = int.Parse(Length().Match(text).Groups["length"].Value, CultureInfo.InvariantCulture);
        return text.Length == end + 4 + ContentLength;
    }

    public byte[] WithContentLength(int length) => With($"Content-Length: {length}");

    /// <summary>The same answer with another header in place of its Content-Length.</summary>
    public byte[] With(string header) => Encoding.Latin1.GetBytes(Length().Replace(Encoding.Latin1.GetString(Bytes), header, 1));

    [GeneratedRegex(@"Content-Length: (?<length>\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex Length();
}
