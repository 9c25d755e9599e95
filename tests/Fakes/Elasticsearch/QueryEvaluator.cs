using System.Globalization;
using System.Text.Json;

namespace AuditHost.Fakes.Elasticsearch;

/// <summary>Evaluates the part of the query language that is known here: bool queries, range over the time, terms, phrases, existence, simple query strings. Anything else is refused.</summary>
internal static class QueryEvaluator
{
    private static readonly HashSet<string> Flags =
        ["ALL", "AND", "ESCAPE", "FUZZY", "NEAR", "NONE", "NOT", "OR", "PHRASE", "PRECEDENCE", "PREFIX", "SLOP", "WHITESPACE"];

    /// <exception cref="QueryException">The query is none.</exception>
    public static bool Matches(JsonElement query, FakeIndex index, JsonElement source)
    {
        JsonProperty clause = Only(query, "query");
        return clause.Name switch
        {
            "match_all" => true,
            "bool" => Bool(clause.Value, index, source),
            "range" => Range(clause.Value, source),
            "terms" => Terms(clause.Value, index, source),
            "match_phrase" => Phrase(clause.Value, index, source),
            "exists" => Exists(clause.Value, index, source),
            "simple_query_string" => Words(clause.Value, index, source),
            _ => throw new QueryException("parsing_exception", $"unknown query [{clause.Name}]"),
        };
    }

    private static bool Bool(JsonElement body, FakeIndex index, JsonElement source)
    {
        CheckKeys(body, "bool", "filter", "should", "must_not", "minimum_should_match");
        bool wantsOne = body.TryGetProperty("minimum_should_match", out JsonElement minimum)
            ? minimum.GetInt32() == 1
            : !body.TryGetProperty("filter", out _);
        return Clauses(body, "filter").All(filter => Matches(filter, index, source))
            && !Clauses(body, "must_not").Any(forbidden => Matches(forbidden, index, source))
            && (!wantsOne || !body.TryGetProperty("should", out _) || Clauses(body, "should").Any(one => Matches(one, index, source)));
    }

    private static JsonElement[] Clauses(JsonElement body, string occurrence) =>
        body.TryGetProperty(occurrence, out JsonElement clauses) ? [.. clauses.EnumerateArray()] : [];

    private static bool Exists(JsonElement body, FakeIndex index, JsonElement source)
    {
        CheckKeys(body, "exists", "field");
        return index.ValuesOf(body.GetProperty("field").GetString()!, source).Any();
    }

    private static bool Phrase(JsonElement body, FakeIndex index, JsonElement source)
    {
        JsonProperty field = Only(body, "match_phrase");
        string wanted = field.Value.GetString()!;
        string words = WordsOf(wanted);
        return index.ValuesOf(field.Name, source).Any(value => index.IsKeyword(field.Name)
            ? value.ToString() == wanted
            : WordsOf(value.ToString()).Contains(words, StringComparison.Ordinal));

        // With a mark at both ends of each, so that no word is found inside another.
        static string WordsOf(string text) => $"|{string.Join('|', FieldValues.Words(text))}|";
    }

    private static bool Range(JsonElement body, JsonElement source)
    {
        JsonProperty field = Only(body, "range");
        CheckKeys(field.Value, "range", "gte", "lt", "gt", "lte", "format");
        if (field.Name != "@timestamp")
            throw new QueryException("parsing_exception", $"[range] on [{field.Name}] is not known here");
        if (field.Value.TryGetProperty("format", out JsonElement format) && !format.GetString()!.StartsWith("strict_date_optional_time", StringComparison.Ordinal))
            throw new QueryException("illegal_argument_exception", "Invalid format");
        return FieldValues.At(source, "@timestamp").Any(value =>
        {
            DateTimeOffset time = Time(value);
            return Bound(field.Value, "gte", limit => time >= limit) && Bound(field.Value, "gt", limit => time > limit)
                && Bound(field.Value, "lt", limit => time < limit) && Bound(field.Value, "lte", limit => time <= limit);
        });
    }

    private static bool Bound(JsonElement range, string name, Func<DateTimeOffset, bool> holds) =>
        !range.TryGetProperty(name, out JsonElement limit) || holds(Time(limit));

    public static DateTimeOffset Time(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : throw new QueryException("parse_exception", $"failed to parse date field [{value}] with format [strict_date_optional_time_nanos]");

    private static bool Terms(JsonElement body, FakeIndex index, JsonElement source)
    {
        JsonProperty field = Only(body, "terms");
        if (field.Value.ValueKind != JsonValueKind.Array)
            throw new QueryException("parsing_exception", "[terms] query does not support [" + field.Name + "]");
        string[] values = [.. field.Value.EnumerateArray().Select(value => value.ToString())];
        IEnumerable<JsonElement> found = index.ValuesOf(field.Name, source);

        // Terms are not analysed, so that they meet the words of a text and not the text.
        return index.IsKeyword(field.Name)
            ? found.Any(value => values.Contains(value.ToString()))
            : found.Any(value => value.ValueKind == JsonValueKind.String ? FieldValues.Words(value.GetString()!).Any(values.Contains) : values.Contains(value.ToString()));
    }

    private static bool Words(JsonElement body, FakeIndex index, JsonElement source)
    {
        CheckKeys(body, "simple_query_string", "query", "default_operator", "flags", "lenient", "fields");
        if (body.TryGetProperty("fields", out _))
            throw new QueryException("parsing_exception", "[simple_query_string] fields are not known here");
        string[] flags = body.TryGetProperty("flags", out JsonElement text) ? text.GetString()!.Split('|') : ["ALL"];
        if (Array.Find(flags, flag => !Flags.Contains(flag)) is { } unknown)
            throw new QueryException("parsing_exception", $"Unknown simple_query_string flag [{unknown}]");
        if (flags is not ["WHITESPACE"] || !body.TryGetProperty("default_operator", out JsonElement operation) || operation.GetString() != "and")
            throw new QueryException("parsing_exception", "only words that all must match are known here");
        string[] tokens = body.GetProperty("query").GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return tokens.All(token => FieldValues.All(source).Any(one => HasWord(index, one.Field, one.Value, token)));
    }

    private static bool HasWord(FakeIndex index, string field, JsonElement value, string token)
    {
        if (value.ValueKind != JsonValueKind.String || field == "@timestamp")
            return false;
        bool isText = !index.HasKeywords || index.HasCatchAll || field == "message";
        string[] words = [.. FieldValues.Words(token)];
        return isText ? words.All(FieldValues.Words(value.GetString()!).Contains) : value.GetString() == token;
    }

    public static JsonProperty Only(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.EnumerateObject().Count() == 1
        ? element.EnumerateObject().First()
        : throw new QueryException("parsing_exception", $"[{name}] malformed query, expected one member");

    public static void CheckKeys(JsonElement element, string name, params string[] known)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new QueryException("parsing_exception", $"[{name}] expected START_OBJECT");
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (!known.Contains(member.Name))
                throw new QueryException("parsing_exception", $"[{name}] query does not support [{member.Name}]");
        }
    }
}
