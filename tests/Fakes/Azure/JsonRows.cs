using System.Text.Json;

namespace AuditHost.Fakes.Azure;

/// <summary>Counts the rows of a body without keeping any, for load.</summary>
internal static class JsonRows
{
    /// <returns>How many there are; <see langword="null"/> where the body is no array.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static long? Count(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            return null;
        long rows = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            rows++;
        }

        return rows;
    }
}
