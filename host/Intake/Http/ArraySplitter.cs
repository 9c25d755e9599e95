using System.Text.Json;

namespace AuditHost.Intake.Http;

/// <summary>
/// The elements of one JSON array. Objects are told apart by their brackets alone, so that a bad one is reported and those behind it are
/// still looked at; where even the brackets do not match, the rest cannot be told apart and the walk ends.
/// </summary>
internal static class ArraySplitter
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = EventParser.MaxDepth };

    public static void Split(ReadOnlySpan<byte> body, EventCollector events)
    {
        int at = JsonSpace.Skip(body, 0);
        if (at == body.Length || body[at] != '[')
        {
            events.AddError(at, "$", "A batch is a JSON array of events; this is none.");
            return;
        }

        at = JsonSpace.Skip(body, at + 1);
        bool empty = at < body.Length && body[at] == ']';
        while (!empty)
        {
            int length = LengthOf(body[at..]);
            if (length == 0)
            {
                events.AddRest(at, "The array ends within an event, or without its closing bracket.");
                return;
            }

            events.Add(at, length);
            at = JsonSpace.Skip(body, at + length);
            if (at == body.Length || body[at] is not ((byte)',' or (byte)']'))
            {
                events.AddError(at, "$", "Behind an event the array goes on with a comma or ends with ']'; here is neither.");
                return;
            }

            if (body[at] == ']')
                break;
            at = JsonSpace.Skip(body, at + 1);
        }

        at = JsonSpace.Skip(body, at + 1);
        if (at < body.Length)
            events.AddError(at, "$", "There is more after the end of the array.");
    }

    /// <summary>The length of the value that begins here; 0 where its end cannot be found.</summary>
    private static int LengthOf(ReadOnlySpan<byte> text)
    {
        if (text is not [(byte)'{', ..])
            return LengthOfOther(text);
        var splitter = new JsonSplitter();
        return splitter.Next(text, out int used) == SplitResult.Object ? used : 0;
    }

    private static int LengthOfOther(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, isFinalBlock: false, new JsonReaderState(Options));
        try
        {
            return reader.Read() && reader.TrySkip() ? (int)reader.BytesConsumed : 0;
        }
        catch (JsonException)
        {
            return 0;
        }
    }
}
