using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Text;

/// <summary>An array of texts as one text, for formats that have no lists.</summary>
public static class ScalarList
{
    /// <summary>Joins the decoded elements with commas. Those that are objects, arrays or null are left out; a comma inside one is not marked.</summary>
    /// <param name="array">An array's checked JSON, brackets included.</param>
    /// <param name="target">Has room for as much: the quotes that go make room for the commas.</param>
    /// <returns>How much was written.</returns>
    public static int Join(ReadOnlySpan<byte> array, Span<byte> target)
    {
        int written = 0;
        var reader = new Utf8JsonReader(array);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.Null)
            {
                reader.Skip();
                continue;
            }

            if (written > 0)
                target[written++] = (byte)',';
            EventValueKind kind = reader.TokenType == JsonTokenType.String ? EventValueKind.String : EventValueKind.Number;
            written += new EventValue(kind, reader.ValueSpan).CopyTo(target[written..]);
        }

        return written;
    }

    /// <summary>How many elements an array has, of whatever kind.</summary>
    /// <param name="array">An array's checked JSON, brackets included.</param>
    public static long Count(ReadOnlySpan<byte> array)
    {
        long count = 0;
        var reader = new Utf8JsonReader(array);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            count++;
        }

        return count;
    }
}
