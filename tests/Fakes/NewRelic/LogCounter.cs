using System.Text.Json;

namespace AuditHost.Fakes.NewRelic;

/// <summary>Counts the logs of a body without looking at any, for load.</summary>
internal static class LogCounter
{
    public static long Count(ReadOnlySpan<byte> body)
    {
        long count = 0;
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            bool isLogs = reader.ValueTextEquals("logs"u8);
            reader.Read();
            if (!isLogs)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                reader.Skip();
                count++;
            }
        }

        return count;
    }
}
