using System.Text.Json;

namespace AuditHost.Plugins.Tests.Alerts;

/// <summary>Which members a message has, at any depth, and of what kind.</summary>
internal static class JsonShape
{
    /// <summary>One entry per member, for instance <c>payload.summary:String</c>.</summary>
    /// <param name="element">The message.</param>
    /// <param name="free">Names of members whose own members are the sender's choice.</param>
    public static IReadOnlySet<string> Of(JsonElement element, params string[] free) =>
        Members(element, string.Empty, free).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Members(JsonElement element, string path, string[] free) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Member(member, path, free)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(one => one.ValueKind is JsonValueKind.Object ? Members(one, $"{path}[].", free) : [$"{path}[]:{one.ValueKind}"]),
        _ => [],
    };

    private static IEnumerable<string> Member(JsonProperty member, string path, string[] free)
    {
        string name = path + member.Name;
        yield return $"{name}:{member.Value.ValueKind}";
        if (free.Contains(member.Name))
            yield break;
        string below = member.Value.ValueKind == JsonValueKind.Object ? name + "." : name;
        foreach (string deeper in Members(member.Value, below, free))
            yield return deeper;
    }
}
