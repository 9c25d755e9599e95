using System.Text.Json;
using System.Text.Unicode;
using AuditHost.Sdk;

namespace AuditHost.Intake;

/// <summary>
/// The one pass over an event's bytes: checks that they are one JSON object in UTF-8 and notes where the envelope lies.
/// Nothing is copied and nothing is allocated for a good event; a bad one is read once more, to say what is wrong with it.
/// </summary>
internal static class EventParser
{
    /// <summary>Deep enough for every producer known, shallow enough that nesting cannot be used as a weapon.</summary>
    public const int MaxDepth = 32;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    public static bool TryParse(ReadOnlySpan<byte> json, out EventIndex index, out EventError? error)
    {
        index = default;
        error = null;
        if (!Utf8.IsValid(json))
        {
            error = new EventError(FirstInvalidUtf8(json), "$", "The event is not valid UTF-8.");
            return false;
        }

        var cursor = new JsonCursor(json, MaxDepth);
        cursor.SkipSpace();
        error = new EnvelopePass().Run(ref cursor, ref index);
        if (error is null && (cursor.Failed || !cursor.IsAtEnd))
            error = Explain(json);
        if (error is not null)
            return false;

        FieldRange timestamp = index[EventField.Timestamp];
        if (timestamp.Kind != EventValueKind.Missing && EventTime.TryParse(timestamp.Read(json), out long ticks))
            index.TimeTicks = ticks;
        FieldRange severity = index[EventField.Severity];
        if (severity.Kind == EventValueKind.String)
            index.Severity = SeverityNames.Parse(severity.Read(json).Raw);
        return true;
    }

    /// <summary>What is wrong with JSON that is not an event, in the words of a reader that knows.</summary>
    private static EventError Explain(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                return new EventError(reader.TokenStartIndex, "$", $"An event is a JSON object; this is {Describe(reader.TokenType)}.");
            while (reader.Read())
                continue;
            return new EventError(0, "$", "The event is not valid JSON.");
        }
        catch (JsonException exception)
        {
            return new EventError(reader.BytesConsumed, "$", $"The event is not valid JSON: {FirstSentence(exception.Message)}");
        }
    }

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        _ => "null",
    };

    /// <summary>The reader's message without the position, which is given apart.</summary>
    public static string FirstSentence(string message)
    {
        int end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private static long FirstInvalidUtf8(ReadOnlySpan<byte> json)
    {
        long offset = 0;
        while (!json.IsEmpty && System.Text.Rune.DecodeFromUtf8(json, out _, out int consumed) == System.Buffers.OperationStatus.Done)
        {
            offset += consumed;
            json = json[consumed..];
        }

        return offset;
    }
}
