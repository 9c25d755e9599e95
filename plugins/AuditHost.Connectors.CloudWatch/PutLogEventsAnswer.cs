using System.Text.Json;

namespace AuditHost.Connectors.CloudWatch;

/// <summary>
/// What AWS did not take of a call that it answered with 200, as places in the order in which the events were sent. Source: CloudWatch Logs
/// API Reference, RejectedLogEventsInfo: the ends are exclusive, the start is inclusive.
/// </summary>
/// <param name="TooOldEnd">Events before this place are older than 14 days.</param>
/// <param name="ExpiredEnd">Events before this place are older than the group keeps them.</param>
/// <param name="TooNewStart">Events from this place on are more than two hours in the future.</param>
/// <param name="EntityError">Why AWS did not take the entity; the events are stored all the same.</param>
internal readonly record struct PutLogEventsAnswer(int TooOldEnd, int ExpiredEnd, int TooNewStart, string? EntityError)
{
    /// <summary>Reads an answer.</summary>
    /// <param name="body">All of its body.</param>
    /// <param name="count">How many events were sent.</param>
    /// <param name="answer">What it says.</param>
    /// <returns><see langword="false"/> where it makes no sense and so acknowledges nothing.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, int count, out PutLogEventsAnswer answer)
    {
        answer = new PutLogEventsAnswer(0, 0, count, null);
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                reader.Read();
                if (name == "rejectedLogEventsInfo" && reader.TokenType != JsonTokenType.Null)
                    answer = ReadRejected(ref reader, answer);
                else if (name == "rejectedEntityInfo" && reader.TokenType != JsonTokenType.Null)
                    answer = answer with { EntityError = ReadEntityError(ref reader) };
                else
                    reader.Skip();
            }

            // To the end: a second value would make it something else than an answer.
            return !reader.Read() && IsPlace(answer.TooOldEnd) && IsPlace(answer.ExpiredEnd) && IsPlace(answer.TooNewStart);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }

        bool IsPlace(int place) => place >= 0 && place <= count;
    }

    private static PutLogEventsAnswer ReadRejected(ref Utf8JsonReader reader, PutLogEventsAnswer answer)
    {
        Expect(ref reader);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            int? place = reader.TokenType == JsonTokenType.Null ? null : reader.GetInt32();
            answer = name switch
            {
                "tooOldLogEventEndIndex" => answer with { TooOldEnd = place ?? answer.TooOldEnd },
                "expiredLogEventEndIndex" => answer with { ExpiredEnd = place ?? answer.ExpiredEnd },
                "tooNewLogEventStartIndex" => answer with { TooNewStart = place ?? answer.TooNewStart },

                // Events are refused in a way that is not known, and which ones cannot be told.
                _ => throw new FormatException(),
            };
        }

        return answer;
    }

    private static string ReadEntityError(ref Utf8JsonReader reader)
    {
        Expect(ref reader);
        string error = string.Empty;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = reader.ValueTextEquals("errorType"u8);
            reader.Read();
            if (isType)
                error = reader.GetString() ?? error;
            reader.Skip();
        }

        return error;
    }

    private static void Expect(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new FormatException();
    }
}
