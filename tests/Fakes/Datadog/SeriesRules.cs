using System.Text.Json;

namespace AuditHost.Fakes.Datadog;

/// <summary>Reads what is posted to the metrics APIs, by "Submit metrics", "Submit distribution points" and "Custom Metrics".</summary>
/// <param name="now">The time of arrival.</param>
internal sealed class SeriesRules(DateTimeOffset now)
{
    public const int MaxSentBytes = 512_000;
    public const int MaxBytes = 5_242_880;

    private readonly List<string> _notes = [];
    private readonly List<MetricPoint> _points = [];
    private readonly HashSet<(string, string, long)> _seen = [];

    /// <summary>What Datadog passes over without a word.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public IReadOnlyList<MetricPoint> Points => _points;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body, decompressed.</param>
    /// <param name="read">Reads one series.</param>
    /// <returns>Why it is refused; <see langword="null"/> where it is taken.</returns>
    public static string? Check(ReadOnlyMemory<byte> body, Action<JsonElement> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            Only(document.RootElement, "series");
            JsonElement.ArrayEnumerator series = document.RootElement.GetProperty("series").EnumerateArray();
            if (!series.Any())
                return "no series";
            foreach (JsonElement one in document.RootElement.GetProperty("series").EnumerateArray())
                read(one);
            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return exception.Message;
        }
    }

    public void ReadSeries(JsonElement series)
    {
        Only(series, "metric", "type", "interval", "points", "resources", "tags", "unit", "source_type_name", "metadata");
        string metric = NameOf(series);
        int type = series.GetProperty("type").GetInt32();
        if (type is < 0 or > 3)
            throw new FormatException($"the type {type}, which there is not");
        if (type is 1 or 2 && (!series.TryGetProperty("interval", out JsonElement interval) || interval.GetInt64() <= 0))
            _notes.Add($"{metric} counts without an interval");
        string host = string.Empty;
        foreach (JsonElement resource in series.GetProperty("resources").EnumerateArray())
        {
            Only(resource, "name", "type");
            host = resource.GetProperty("type").GetString() == "host" ? resource.GetProperty("name").GetString()! : host;
        }

        string tags = TagsOf(series);
        foreach (JsonElement point in series.GetProperty("points").EnumerateArray())
        {
            Only(point, "timestamp", "value");
            Add(new MetricPoint(metric, type, host, tags, point.GetProperty("timestamp").GetInt64(), [point.GetProperty("value").GetDouble()]));
        }
    }

    public void ReadDistribution(JsonElement series)
    {
        Only(series, "metric", "type", "points", "host", "tags");
        string metric = NameOf(series);
        if (series.TryGetProperty("type", out JsonElement type) && type.GetString() != "distribution")
            throw new FormatException("a type that is no distribution");
        string host = series.TryGetProperty("host", out JsonElement named) ? named.GetString()! : string.Empty;
        string tags = TagsOf(series);
        foreach (JsonElement point in series.GetProperty("points").EnumerateArray())
        {
            if (point.GetArrayLength() != 2)
                throw new FormatException("a point that is no pair");
            Add(new MetricPoint(metric, 0, host, tags, point[0].GetInt64(), [.. point[1].EnumerateArray().Select(value => value.GetDouble())]));
        }
    }

    private static string NameOf(JsonElement series)
    {
        string name = series.GetProperty("metric").GetString()!;
        return name.Length is > 0 and <= 200 && char.IsAsciiLetter(name[0]) && name.All(one => char.IsAsciiLetterOrDigit(one) || one is '_' or '.')
            ? name
            : throw new FormatException($"the name '{name}', which no metric can have");
    }

    private string TagsOf(JsonElement series)
    {
        string[] tags = series.TryGetProperty("tags", out JsonElement list) ? [.. list.EnumerateArray().Select(tag => tag.GetString()!)] : [];
        _notes.AddRange(tags.Select(TagRules.Fault).OfType<string>());
        return string.Join(',', tags.Order(StringComparer.Ordinal));
    }

    private void Add(MetricPoint point)
    {
        if (point.Values.Count == 0)
            throw new FormatException("a point without a value");
        if (!_seen.Add((point.Metric, point.Tags, point.Second)))
            _notes.Add($"two points of {point.Metric} for one second in one request");

        // "Not more than ten minutes in the future or more than one hour in the past": dropped, and 202 all the same.
        var time = DateTimeOffset.FromUnixTimeSeconds(point.Second);
        if (time > now.AddMinutes(10) || time < now.AddHours(-1))
            _notes.Add($"a point of {point.Metric} out of the window, which is dropped");
        else
            _points.Add(point);
    }

    private static void Only(JsonElement element, params string[] known)
    {
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (!known.Contains(member.Name))
                throw new FormatException($"a member {member.Name}, which there is not");
        }
    }
}
