using System.Buffers;

namespace AuditHost.Formats.Json;

/// <summary>Drops the white space between tokens and nothing else: a hash over the tokens still holds afterwards.</summary>
internal static class JsonMinifier
{
    private static readonly SearchValues<byte> WhiteSpaceOrQuote = SearchValues.Create(" \t\r\n\""u8);

    public static void Write(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        while (!json.IsEmpty)
        {
            int stop = json.IndexOfAny(WhiteSpaceOrQuote);
            if (stop < 0)
                stop = json.Length;
            else if (json[stop] == '"')
                stop += StringLength(json[stop..]);
            output.Write(json[..stop]);
            json = json[stop..].TrimStart(" \t\r\n"u8);
        }
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
