using System.Text.Json;
using System.Text.RegularExpressions;

namespace AuditHost.Fakes.Elasticsearch;

/// <summary>The values of a document's fields, and how an index of a kind compares them.</summary>
internal static partial class FieldValues
{
    /// <summary>The values at a dotted path; a name may have dots of its own, as in <c>{"event.id":1}</c>.</summary>
    public static IEnumerable<JsonElement> At(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Array)
            return element.EnumerateArray().SelectMany(one => At(one, path));
        if (path.Length == 0)
            return element.ValueKind is JsonValueKind.Null or JsonValueKind.Object ? [] : [element];
        if (element.ValueKind != JsonValueKind.Object)
            return [];
        return element.EnumerateObject()
            .Where(member => path == member.Name || path.StartsWith(member.Name + ".", StringComparison.Ordinal))
            .SelectMany(member => At(member.Value, path == member.Name ? string.Empty : path[(member.Name.Length + 1)..]));
    }

    /// <summary>All values of a document.</summary>
    public static IEnumerable<(string Field, JsonElement Value)> All(JsonElement element, string path = "") => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => All(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(one => All(one, path)),
        JsonValueKind.Null => [],
        _ => [(path, element)],
    };

    /// <summary>The words of a text as the standard analyzer makes them.</summary>
    public static IEnumerable<string> Words(string text) => Word().Matches(text).Select(word => word.Value.ToLowerInvariant());

    [GeneratedRegex(@"[\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)*")]
    private static partial Regex Word();
}
