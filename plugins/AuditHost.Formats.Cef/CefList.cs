using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.Formats.Cef;

/// <summary>Joins the elements of an array with commas. Those that are objects, arrays or null are left out.</summary>
internal static class CefList
{
    /// <summary>Joins an array if it holds nothing but strings that need no escape, neither in JSON nor in CEF.</summary>
    /// <param name="array">The array's checked JSON.</param>
    /// <param name="target">Has room for as much.</param>
    /// <param name="written">How much was written.</param>
    /// <returns>Whether the array was of that kind.</returns>
    public static bool TryJoinPlain(ReadOnlySpan<byte> array, Span<byte> target, out int written)
    {
        written = 0;
        int at = AfterSpace(array, 1);
        while (array[at] == '"')
        {
            at++;
            int length = array[at..].IndexOf((byte)'"');
            if (written > 0)
                target[written++] = (byte)',';

            // A quote with a backslash before it ends nothing, but the backslash is in the way already.
            if (!CefPlainText.TryCopy(array.Slice(at, length), target[written..], (byte)'='))
                return false;
            written += length;
            at = AfterSpace(array, at + length + 1);
            if (array[at] == ',')
                at = AfterSpace(array, at + 1);
        }

        return array[at] == ']';
    }

    /// <summary>Joins any array. The quotes that go make room for the commas, so the array's length is always enough.</summary>
    /// <param name="array">The array's checked JSON.</param>
    /// <param name="target">Has room for as much.</param>
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

    /// <summary>How many elements an array has.</summary>
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

    private static int AfterSpace(ReadOnlySpan<byte> json, int at)
    {
        while (json[at] <= ' ')
            at++;
        return at;
    }
}
