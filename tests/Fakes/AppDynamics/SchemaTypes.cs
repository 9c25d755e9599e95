using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AuditHost.Fakes.AppDynamics;

/// <summary>The types of columns and which values they take.</summary>
internal static class SchemaTypes
{
    /// <summary>The longest term that Lucene indexes, on which the Events Service stands.</summary>
    private const int LongestString = 32_766;

    public static bool Has(string? type) => type is "string" or "integer" or "float" or "boolean" or "date" or "object";

    public static bool Takes(string type, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String && Encoding.UTF8.GetByteCount(value.GetString()!) <= LongestString,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "float" => value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble()),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "date" => value.ValueKind == JsonValueKind.String && IsDate(value.GetString()!),
        _ => value.ValueKind == JsonValueKind.Object,
    };

    /// <summary>ISO 8601 with a zone, to the millisecond at the finest.</summary>
    private static bool IsDate(string text) => DateTimeOffset.TryParseExact(
        text, ["yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.fffK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && (text.EndsWith('Z') || text[^6] is '+' or '-');
}
