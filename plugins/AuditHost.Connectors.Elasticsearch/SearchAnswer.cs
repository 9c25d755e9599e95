using System.Runtime.InteropServices;
using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>Reads the answer to <c>_search</c>.</summary>
internal static class SearchAnswer
{
    /// <returns>The page; <see langword="null"/> where it is no answer to a search.</returns>
    public static SearchPage? Read(JsonElement? answer, int size, SearchFields fields)
    {
        if (answer is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("hits", out JsonElement found) || found.ValueKind != JsonValueKind.Object
            || !found.TryGetProperty("hits", out JsonElement hits) || hits.ValueKind != JsonValueKind.Array)
            return null;
        (long total, bool atLeast) = TotalOf(found, hits.GetArrayLength());
        return new SearchPage(Documents(hits))
        {
            Columns = [new("time", "@timestamp"), new("type", fields.Type), new("severity", fields.Severity), new("user", fields.User), new("id", fields.Id)],
            TotalHits = total,
            AtLeast = atLeast,
            Took = TimeSpan.FromMilliseconds(Math.Clamp(Number(root, "took") ?? 0, 0, int.MaxValue)),
            TimedOut = (root.TryGetProperty("timed_out", out JsonElement timedOut) && timedOut.ValueKind == JsonValueKind.True) || HasFailedShards(root),
            Next = hits.GetArrayLength() >= size ? PositionOf(hits) : null,
        };
    }

    private static List<ReadOnlyMemory<byte>> Documents(JsonElement hits)
    {
        var documents = new List<ReadOnlyMemory<byte>>(hits.GetArrayLength());
        foreach (JsonElement hit in hits.EnumerateArray())
        {
            if (hit.ValueKind == JsonValueKind.Object && hit.TryGetProperty("_source", out JsonElement source))
                documents.Add(JsonMarshal.GetRawUtf8Value(source).ToArray());
        }

        return documents;
    }

    private static (long Total, bool AtLeast) TotalOf(JsonElement found, int hits)
    {
        if (!found.TryGetProperty("total", out JsonElement total) || total.ValueKind != JsonValueKind.Object || Number(total, "value") is not { } count)
            return (hits, true);
        return (count, total.TryGetProperty("relation", out JsonElement relation) && relation.ValueKind == JsonValueKind.String && relation.ValueEquals("gte"u8));
    }

    /// <summary>A shard that did not answer is a place that was not looked at.</summary>
    private static bool HasFailedShards(JsonElement root) =>
        root.TryGetProperty("_shards", out JsonElement shards) && shards.ValueKind == JsonValueKind.Object && Number(shards, "failed") > 0;

    private static long? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : null;

    private static string? PositionOf(JsonElement hits)
    {
        JsonElement last = hits[hits.GetArrayLength() - 1];
        return last.ValueKind == JsonValueKind.Object && last.TryGetProperty("sort", out JsonElement sort) && sort.ValueKind == JsonValueKind.Array
            ? SearchPosition.Write(sort)
            : null;
    }
}
