using System.Buffers;
using System.Text;
using AuditHost.Formatting.Model;

namespace AuditHost.Formatting.Functions;

/// <summary>JSON as received, on one line. Every token keeps its bytes; only white space between tokens goes.</summary>
internal static class JsonTokens
{
    private static readonly SearchValues<byte> LineBreaks = SearchValues.Create("\r\n"u8);
    private static readonly SearchValues<byte> WhiteSpaceOrQuote = SearchValues.Create(" \t\r\n\""u8);

    /// <summary>The bytes as received, where they already stand on one line.</summary>
    public static bool TryGetLine(IJsonValue value, out ReadOnlySpan<byte> json)
    {
        json = value.Json.Span;
        return !json.ContainsAny(LineBreaks);
    }

    public static string Compact(IJsonValue value)
    {
        if (TryGetLine(value, out ReadOnlySpan<byte> json))
            return Encoding.UTF8.GetString(json);
        byte[] compact = ArrayPool<byte>.Shared.Rent(json.Length);
        try
        {
            return Encoding.UTF8.GetString(compact, 0, Compact(json, compact));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(compact);
        }
    }

    private static int Compact(ReadOnlySpan<byte> json, Span<byte> target)
    {
        int written = 0;
        while (!json.IsEmpty)
        {
            int stop = json.IndexOfAny(WhiteSpaceOrQuote);
            if (stop < 0)
                stop = json.Length;
            else if (json[stop] == '"')
                stop = EndOfString(json, stop + 1);
            json[..stop].CopyTo(target[written..]);
            written += stop;
            json = json[stop..].TrimStart(" \t\r\n"u8);
        }

        return written;
    }

    private static int EndOfString(ReadOnlySpan<byte> json, int position)
    {
        while (true)
        {
            position += json[position..].IndexOfAny((byte)'"', (byte)'\\');
            if (json[position] == '"')
                return position + 1;
            position += 2;
        }
    }
}
