using System.Buffers;

namespace AuditHost.PluginKit.Text;

/// <summary>
/// Puts JSON on one line. Only white space between tokens goes and nothing else changes: a hash over the tokens still holds
/// afterwards.
/// </summary>
public static class OneLineJson
{
    private static readonly SearchValues<byte> LineBreaks = SearchValues.Create("\r\n"u8);
    private static readonly SearchValues<byte> WhiteSpaceOrQuote = SearchValues.Create(" \t\r\n\""u8);

    /// <summary>Writes checked JSON without line breaks; JSON that has none is written as it stands.</summary>
    public static void Write(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        // A raw line break cannot stand inside a JSON string, so without one the event already fits on a line.
        if (json.ContainsAny(LineBreaks))
            WriteTokens(json, output);
        else
            output.Write(json);
    }

    private static void WriteTokens(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        var writer = new Utf8Writer(output);
        while (!json.IsEmpty)
        {
            int stop = json.IndexOfAny(WhiteSpaceOrQuote);
            if (stop < 0)
                stop = json.Length;
            else if (json[stop] == '"')
                stop += StringLength(json[stop..]);
            writer.Write(json[..stop]);
            json = json[stop..].TrimStart(" \t\r\n"u8);
        }

        writer.Flush();
    }

    private static int StringLength(ReadOnlySpan<byte> json)
    {
        int position = 1;
        while (true)
        {
            int next = json[position..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
                return json.Length;
            position += next;
            if (json[position] == '"')
                return position + 1;
            position += 2;
        }
    }
}
