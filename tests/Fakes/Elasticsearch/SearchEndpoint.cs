using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuditHost.Fakes.Elasticsearch;

/// <summary><c>_search</c> and <c>_field_caps</c> over the documents that were taken.</summary>
internal sealed class SearchEndpoint(IReadOnlyCollection<FakeIndex> indices)
{
    public FakeAnswer Search(string target, FakeRequest request)
    {
        try
        {
            using JsonDocument body = JsonDocument.Parse(request.Body);
            JsonElement json = body.RootElement;
            QueryEvaluator.CheckKeys(json, "search", "size", "track_total_hits", "query", "sort", "search_after");
            int size = json.TryGetProperty("size", out JsonElement given) ? given.GetInt32() : 10;
            if (size > 10_000)
                throw new QueryException("illegal_argument_exception", "Result window is too large, from + size must be less than or equal to: [10000]");
            SortKey[] keys = [.. json.GetProperty("sort").EnumerateArray().Select(SortKey.Read)];
            var hits = Find(target, json.GetProperty("query"), keys);
            int total = hits.Count;
            if (json.TryGetProperty("search_after", out JsonElement after))
            {
                if (after.GetArrayLength() != keys.Length)
                    throw new QueryException("illegal_argument_exception", $"search_after has {after.GetArrayLength()} value(s) but sort has {keys.Length}.");
                string?[] position = [.. after.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? null : value.ToString())];
                hits.RemoveAll(hit => SortKey.Compare(keys, hit.Sort, position) <= 0);
            }

            return Answer(hits, keys, size, total, json);
        }
        catch (QueryException exception)
        {
            return ElasticReply.Error(400, exception.Type, exception.Message);
        }
        catch (JsonException exception)
        {
            return ElasticReply.Error(400, "parsing_exception", exception.Message);
        }
    }

    /// <summary>What fields are mapped to: keywords by a template of this project, else texts with a keyword below each.</summary>
    public FakeAnswer FieldCapabilities(string target, string fields)
    {
        var types = new JsonObject();
        foreach (FakeIndex index in Those(target))
        {
            foreach (string field in fields.Split(',').Where(field => index.Documents.Any(document => FieldValues.At(document.Source, field).Any())))
            {
                string type = index.HasKeywords ? "keyword" : "text";
                var known = (JsonObject)(types[field] ??= new JsonObject());
                known[type] = new JsonObject { ["type"] = type, ["searchable"] = true, ["aggregatable"] = index.HasKeywords };
            }
        }

        return new FakeAnswer(200, new JsonObject { ["indices"] = new JsonArray(), ["fields"] = types }.ToJsonString());
    }

    private List<(StoredDocument Document, string?[] Sort)> Find(string target, JsonElement query, SortKey[] keys)
    {
        var hits = new List<(StoredDocument Document, string?[] Sort)>();
        foreach (FakeIndex index in Those(target))
        {
            foreach (StoredDocument document in index.Documents.Where(document => QueryEvaluator.Matches(query, index, document.Source)))
                hits.Add((document, [.. keys.Select(key => key.Of(index, document))]));
        }

        hits.Sort((left, right) => SortKey.Compare(keys, left.Sort, right.Sort));
        return hits;
    }

    private IEnumerable<FakeIndex> Those(string target)
    {
        string[] patterns = target.Split(',');
        return indices.Where(index => patterns.Any(pattern => FakeTemplate.FitsPattern(pattern, index.Name)));
    }

    private static FakeAnswer Answer(List<(StoredDocument Document, string?[] Sort)> hits, SortKey[] keys, int size, int total, JsonElement request)
    {
        bool isBounded = request.TryGetProperty("track_total_hits", out JsonElement track) && track.ValueKind == JsonValueKind.Number && total > track.GetInt32();
        var found = new JsonArray([.. hits.Take(size).Select(hit => (JsonNode)new JsonObject
        {
            ["_index"] = hit.Document.Index,
            ["_id"] = hit.Document.Id,
            ["_source"] = JsonNode.Parse(hit.Document.Source.GetRawText()),
            ["sort"] = SortKey.ToJson(keys, hit.Sort),
        })]);
        return new FakeAnswer(200, new JsonObject
        {
            ["took"] = 3,
            ["timed_out"] = false,
            ["_shards"] = new JsonObject { ["total"] = 1, ["successful"] = 1, ["skipped"] = 0, ["failed"] = 0 },
            ["hits"] = new JsonObject
            {
                ["total"] = new JsonObject { ["value"] = isBounded ? track.GetInt32() : total, ["relation"] = isBounded ? "gte" : "eq" },
                ["max_score"] = null,
                ["hits"] = found,
            },
        }.ToJsonString());
    }
}
