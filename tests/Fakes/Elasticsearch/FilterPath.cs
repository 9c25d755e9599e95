using System.Text.Json.Nodes;

namespace AuditHost.Fakes.Elasticsearch;

/// <summary><c>filter_path</c>: what of an answer is left, error or not ("Common options", "Response filtering").</summary>
internal static class FilterPath
{
    public static string Apply(string json, string filters)
    {
        string[][] paths = [.. filters.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(path => path.Split('.'))];
        return (Filter(JsonNode.Parse(json)!, paths) ?? new JsonObject()).ToJsonString();
    }

    private static JsonNode? Filter(JsonNode node, string[][] paths)
    {
        if (paths.Any(path => path.Length == 0))
            return node.DeepClone();
        if (node is JsonArray array)
        {
            JsonNode[] kept = [.. array.Select(one => one is null ? null : Filter(one, paths)).OfType<JsonNode>()];
            return kept.Length == 0 ? null : new JsonArray(kept);
        }

        if (node is not JsonObject members)
            return null;
        var left = new JsonObject();
        foreach ((string name, JsonNode? value) in members)
        {
            string[][] further = [.. paths.Where(path => path[0] == "*" || path[0] == name).Select(path => path[1..])];
            if (further.Length == 0)
                continue;
            if (value is null)
                left[name] = null;
            else if (Filter(value, further) is { } inner)
                left[name] = inner;
        }

        return left.Count == 0 ? null : left;
    }
}
