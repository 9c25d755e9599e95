using System.Text.Json;

namespace AuditHost.PluginKit.Text;

/// <summary>Looks into a payload that has to be a JSON object, whoever wrote it: a format, or a site's template.</summary>
public static class PayloadObject
{
    // As deep as the host takes events; a reader's own limit is 64.
    private const int MaxDepth = 1000;

    /// <summary>Whether a payload is one JSON object and nothing else.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="name">A member of the object, in UTF-8.</param>
    /// <param name="value">The JSON of that member's value, the last one's where there are several; empty where there is none.</param>
    public static bool TryRead(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        try
        {
            var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isIt = reader.ValueTextEquals(name);
                reader.Read();
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (isIt)
                    value = payload[start..(int)reader.BytesConsumed];
            }

            // Whatever follows the object is an error to the reader.
            return !reader.Read();
        }
        catch (JsonException)
        {
            value = default;
            return false;
        }
    }
}
