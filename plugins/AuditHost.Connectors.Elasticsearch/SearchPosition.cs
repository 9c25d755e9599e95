using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>Where a page ends: the values that its last event was sorted by, as a text that is passed around.</summary>
internal sealed class SearchPosition
{
    /// <summary>Far more than a time, an id, a number and the name of an index.</summary>
    private const int LongestText = 16 << 10;

    private SearchPosition(string values)
    {
        Values = values;
    }

    /// <summary>The values, a JSON array.</summary>
    public string Values { get; }

    /// <summary>The text for the values of an answer.</summary>
    public static string Write(JsonElement sort) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(sort.GetRawText()));

    /// <exception cref="ArgumentException">It is no text that <see cref="Write"/> gave.</exception>
    public static SearchPosition Parse(string text)
    {
        try
        {
            if (text.Length <= LongestText)
            {
                string values = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
                using JsonDocument document = JsonDocument.Parse(values);
                if (document.RootElement.ValueKind == JsonValueKind.Array
                    && document.RootElement.GetArrayLength() == SearchRequest.SortKeys
                    && document.RootElement.EnumerateArray().All(value => value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.Null))
                    return new SearchPosition(values);
            }
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            // As anything else that came from elsewhere.
        }

        throw new ArgumentException("The place to go on from is none that a page of this destination gave", nameof(text));
    }
}
