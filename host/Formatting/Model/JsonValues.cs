using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.Formatting.Model;

/// <summary>Turns JSON into the values templates work with.</summary>
internal static class JsonValues
{
    /// <summary>No producer counts beyond; longer digits are not worth the time that arithmetic on them takes.</summary>
    private const int LongestInteger = 100;

    private static readonly object True = true;
    private static readonly object False = false;

    public static object? From(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(element),
        JsonValueKind.Array => new JsonArray(element),
        JsonValueKind.String => Text(JsonMarshal.GetRawUtf8Value(element)),
        JsonValueKind.Number => Number(element),
        JsonValueKind.True => True,
        JsonValueKind.False => False,
        _ => null,
    };

    /// <summary>Decoded by the contract's own reader: the library's throws at half a surrogate pair, which senders do write.</summary>
    private static string Text(ReadOnlySpan<byte> quoted) => new EventValue(EventValueKind.String, quoted[1..^1]).ToString();

    /// <summary>The first type that prints the number as it was received: 2.0 stays 2.0, and no digit is lost.</summary>
    private static object Number(JsonElement element)
    {
        if (element.TryGetInt32(out int small))
            return small;
        if (element.TryGetInt64(out long large))
            return large;
        ReadOnlySpan<byte> token = JsonMarshal.GetRawUtf8Value(element);
        string text = Encoding.ASCII.GetString(token);
        if (token.IndexOfAny(".eE"u8) < 0 && token.Length <= LongestInteger)
            return BigInteger.Parse(text, CultureInfo.InvariantCulture);
        if (element.TryGetDecimal(out decimal exact) && exact.ToString(CultureInfo.InvariantCulture) == text)
            return exact;
        return element.TryGetDouble(out double approximate) && double.IsFinite(approximate) ? approximate : text;
    }
}
