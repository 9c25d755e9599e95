using System.Text;
using System.Text.Json;

namespace AuditHost.Fakes.NewRelic;

/// <summary>What New Relic says of attributes everywhere ("Data requirements and limits for custom event data").</summary>
internal static class AttributeRules
{
    public const int MaxName = 255;

    private static readonly HashSet<string> Dropped = ["accountId", "plugin.type", "fb.input", "hostname", "log"];
    private static readonly HashSet<string> Entity = ["entity.guid", "entity.name", "entity.type"];

    /// <summary>What is wrong with a name; <see langword="null"/> for nothing.</summary>
    public static string? FaultOfName(string name)
    {
        if (name.Length == 0)
            return "attribute is missing attribute name";
        if (name.Length > MaxName)
            return "attribute name exceeded maximum length";
        if (!name.All(one => char.IsAsciiLetterOrDigit(one) || one is ':' or '.' or '_'))
            return "attribute name has other characters than letters, digits, colons, periods and underscores";
        if (Dropped.Contains(name))
            return $"attribute {name} is dropped";
        return Entity.Contains(name) ? $"attribute {name} is New Relic's own" : null;
    }

    /// <summary>Whether a number is one that 64 bits hold without loss.</summary>
    public static bool IsNumber(JsonElement value) =>
        value.TryGetInt64(out _) || (value.GetRawText().AsSpan().IndexOfAny(".eE") >= 0 && value.TryGetDouble(out double number) && double.IsFinite(number));

    /// <summary>Whether New Relic keeps all of a log's text: so many characters to search in, and so many bytes behind them.</summary>
    public static bool IsKept(string text) =>
        text.Length <= 4094 || Encoding.UTF8.GetByteCount(text.AsSpan(4094)) <= 128_000;

    /// <summary>An integer that counts milliseconds since 1970; <see langword="null"/> for anything else.</summary>
    public static long? Milliseconds(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number is >= 100_000_000_000 and < 100_000_000_000_000 ? number : null;
}
