using System.Text.Json;

namespace AuditHost.Fakes.NewRelic;

/// <summary>The Metric API's own rules ("Report metrics via the Metric API", "Metric API limits and restricted attributes").</summary>
internal sealed class MetricRules(DateTimeOffset now, Action<string> drop)
{
    private const int MaxAttributes = 100;
    private const int MaxValue = 4096;

    private static readonly HashSet<string> Restricted =
    [
        "newrelic.source", "metricName", "endTimestamp", "interval.ms", "timestamp", "value", "common", "min", "max", "count", "sum", "metrics",
        "accountID", "appId", "eventType",
    ];

    /// <summary>Whether a body has the structure that is checked at once: an array of maps, each with an array of metrics.</summary>
    public static bool IsStructure(JsonElement root) => root.ValueKind == JsonValueKind.Array && root.EnumerateArray().All(
        block => block.ValueKind == JsonValueKind.Object && block.TryGetProperty("metrics", out JsonElement metrics) && metrics.ValueKind == JsonValueKind.Array);

    public IEnumerable<StoredPoint> Read(JsonElement root)
    {
        foreach (JsonElement block in root.EnumerateArray())
        {
            JsonElement? common = block.TryGetProperty("common", out JsonElement shared) ? shared : null;
            if (common is { } checkedCommon && FaultOfCommon(checkedCommon) is { } fault)
            {
                drop($"a whole block dropped because {fault}");
                continue;
            }

            foreach (JsonElement point in block.GetProperty("metrics").EnumerateArray())
            {
                if (ReadPoint(point, common) is { } stored)
                    yield return stored;
            }
        }
    }

    private StoredPoint? ReadPoint(JsonElement point, JsonElement? common)
    {
        var attributes = new Dictionary<string, JsonElement>();
        string? fault = FaultOf(point, common) ?? Take(common, attributes) ?? Take(point, attributes);
        string name = fault is null ? point.GetProperty("name").GetString()! : string.Empty;
        if (fault is null && attributes.ContainsKey(name))
            fault = "an attribute has the metric's name";
        if (fault is null && attributes.Count > MaxAttributes)
            fault = "more than 100 attributes";
        if (fault is not null)
        {
            drop($"a data point dropped because {fault}");
            return null;
        }

        string type = point.TryGetProperty("type", out JsonElement given) ? given.GetString()! : "gauge";
        return new StoredPoint(name, type, TimeOf(point, common), Find(point, common, "interval.ms")?.GetInt64(), point.GetProperty("value").Clone(), attributes);
    }

    private string? FaultOf(JsonElement point, JsonElement? common)
    {
        if (point.EnumerateObject().Select(member => member.Name).FirstOrDefault(member => member is not ("name" or "type" or "value" or "timestamp" or "interval.ms" or "attributes")) is { } foreign)
            return $"it has a member {foreign}";
        if (!point.TryGetProperty("name", out JsonElement name) || name.ValueKind != JsonValueKind.String || name.GetString()!.Length is 0 or >= 255)
            return "its name is missing or too long";
        string type = point.TryGetProperty("type", out JsonElement given) ? given.ToString() : "gauge";
        if (type is not ("count" or "gauge" or "summary"))
            return "its type is none";
        if (!point.TryGetProperty("value", out JsonElement value) || !IsValue(type, value))
            return "its value is not one of its type";
        if (type != "gauge" && (Find(point, common, "interval.ms") is not { ValueKind: JsonValueKind.Number } interval || !interval.TryGetInt64(out long milliseconds) || milliseconds <= 0))
            return "it has no interval.ms";
        if (Find(point, common, "timestamp") is not { } time)
            return null;
        if (AttributeRules.Milliseconds(time) is not { } at)
            return "its timestamp does not count milliseconds";
        TimeSpan age = now - DateTimeOffset.FromUnixTimeMilliseconds(at);
        return age > TimeSpan.FromHours(48) || age < TimeSpan.FromHours(-24) ? "its timestamp is older than 48 hours or newer than 24" : null;
    }

    private static bool IsValue(string type, JsonElement value)
    {
        if (type != "summary")
            return value.ValueKind == JsonValueKind.Number && AttributeRules.IsNumber(value);
        string[] names = ["count", "sum", "min", "max"];
        return value.ValueKind == JsonValueKind.Object
            && value.EnumerateObject().Select(member => member.Name).Order().SequenceEqual(names.Order())
            && value.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.Number && AttributeRules.IsNumber(member.Value));
    }

    private static string? FaultOfCommon(JsonElement common)
    {
        if (common.ValueKind != JsonValueKind.Object)
            return "its common block is no map";
        if (common.EnumerateObject().Select(member => member.Name).FirstOrDefault(member => member is not ("timestamp" or "interval.ms" or "attributes")) is { } foreign)
            return $"its common block has a member {foreign}";
        bool hasNumbers = !common.TryGetProperty("attributes", out JsonElement attributes)
            || attributes.EnumerateObject().All(one => one.Value.ValueKind != JsonValueKind.Number || AttributeRules.IsNumber(one.Value));
        return hasNumbers ? null : "a number of its common block is out of range";
    }

    private static string? Take(JsonElement? owner, Dictionary<string, JsonElement> attributes)
    {
        if (owner is not { } element || !element.TryGetProperty("attributes", out JsonElement own))
            return null;
        foreach (JsonProperty attribute in own.EnumerateObject())
        {
            if (AttributeRules.FaultOfName(attribute.Name) is { } fault)
                return fault;
            if (Restricted.Contains(attribute.Name) || attribute.Name.Length >= AttributeRules.MaxName)
                return $"attribute {attribute.Name} is restricted";
            bool isValue = attribute.Value.ValueKind switch
            {
                JsonValueKind.String => attribute.Value.GetString()!.Length <= MaxValue,
                JsonValueKind.Number => AttributeRules.IsNumber(attribute.Value),
                JsonValueKind.True or JsonValueKind.False => true,
                _ => false,
            };
            if (!isValue)
                return $"attribute {attribute.Name} has a value that is none";
            attributes[attribute.Name] = attribute.Value.Clone();
        }

        return null;
    }

    private static long? TimeOf(JsonElement point, JsonElement? common) => Find(point, common, "timestamp") is { } time ? AttributeRules.Milliseconds(time) : null;

    private static JsonElement? Find(JsonElement point, JsonElement? common, string name) =>
        point.TryGetProperty(name, out JsonElement own) ? own
        : common is { } element && element.TryGetProperty(name, out JsonElement shared) ? shared : null;
}
