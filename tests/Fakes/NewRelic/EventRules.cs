using System.Text.Json;

namespace AuditHost.Fakes.NewRelic;

/// <summary>The Event API's own rules ("Send custom events with our Event API", "Data requirements and limits for custom event data").</summary>
internal sealed class EventRules(DateTimeOffset now, Action<string> drop)
{
    /// <summary>One of the two pages says 255, the other 254.</summary>
    private const int MaxAttributes = 254;
    private const int MaxValue = 4096;

    /// <summary>Reads a request: one event, or an array of them.</summary>
    public IEnumerable<JsonElement> Read(JsonElement root)
    {
        JsonElement[] events = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : [root];
        foreach (JsonElement one in events)
        {
            if (Fault(one) is { } fault)
                drop($"1 event(s) rejected because {fault}");
            else
                yield return one.Clone();
        }
    }

    private string? Fault(JsonElement one)
    {
        if (one.ValueKind != JsonValueKind.Object)
            return "it is no object";
        if (!one.TryGetProperty("eventType", out JsonElement type) || type.ValueKind != JsonValueKind.String)
            return "missing required attributes `eventType`";
        if (FaultOfType(type.GetString()!) is { } fault)
            return fault;
        JsonProperty[] attributes = [.. one.EnumerateObject()];
        if (attributes.Length > MaxAttributes)
            return "event exceeded maximum number of attributes";
        if (attributes.Select(attribute => attribute.Name).Distinct().Count() < attributes.Length)
            return "an attribute stands there twice";
        return attributes.Where(attribute => attribute.Name != "eventType").Select(FaultOf).FirstOrDefault(found => found is not null);
    }

    private static string? FaultOfType(string type)
    {
        if (type.Length is 0 or > 255 || !type.All(one => char.IsAsciiLetterOrDigit(one) || one is ':' or '_'))
            return "`eventType` cannot contain the following characters: `[., \\]`";
        bool isProhibited = type is "Metric" or "MetricRaw" || type.StartsWith("Public_", StringComparison.Ordinal)
            || (type.StartsWith("Metric", StringComparison.Ordinal) && type.Length > 6 && char.IsAsciiDigit(type[6]));
        return isProhibited ? "its eventType is prohibited" : null;
    }

    private string? FaultOf(JsonProperty attribute)
    {
        if (attribute.Name == "timestamp")
            return FaultOfTime(attribute.Value);
        if (AttributeRules.FaultOfName(attribute.Name) is { } fault)
            return fault;
        if (attribute.Name == "appId" && !(attribute.Value.ValueKind == JsonValueKind.Number && attribute.Value.TryGetInt64(out _)))
            return "attribute `appId` was not an integer";
        return attribute.Value.ValueKind switch
        {
            JsonValueKind.String => attribute.Value.GetString()!.Length > MaxValue ? "attribute value exceeded maximum length" : null,
            JsonValueKind.Number => AttributeRules.IsNumber(attribute.Value) ? null : "a number was larger than 64 bits",
            _ => $"attribute {attribute.Name} was neither text nor number",
        };
    }

    private string? FaultOfTime(JsonElement time)
    {
        if (AttributeRules.Milliseconds(time) is not { } milliseconds)
            return "its timestamp does not count milliseconds";
        return (now - DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)).Duration() > TimeSpan.FromHours(24) ? "its timestamp is more than a day away" : null;
    }
}
