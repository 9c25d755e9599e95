using System.Text.Json;

namespace AuditHost.Fakes.NewRelic;

/// <summary>The Log API's own rules ("Introduction to the Log API", "Log event data", "Timestamp formats in logs", "JSON message is not parsed").</summary>
internal sealed class LogRules(DateTimeOffset now, Action<string> drop)
{
    private const int MaxAttributes = 255;

    /// <summary>The longest text that is read as JSON: a message is cut to it first.</summary>
    private const int MaxParsed = 4096;

    /// <summary>Reads a request in its detailed form.</summary>
    public IEnumerable<StoredLog> Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            drop("a body that is no array of blocks");
            yield break;
        }

        foreach (JsonElement block in root.EnumerateArray())
        {
            foreach (StoredLog log in ReadBlock(block))
                yield return log;
        }
    }

    private IEnumerable<StoredLog> ReadBlock(JsonElement block)
    {
        if (block.ValueKind != JsonValueKind.Object || !block.TryGetProperty("logs", out JsonElement logs) || logs.ValueKind != JsonValueKind.Array)
        {
            drop("a block without logs");
            yield break;
        }

        foreach (JsonProperty member in block.EnumerateObject().Where(member => member.Name is not ("common" or "logs")))
            drop($"a member {member.Name}, which a block has not");
        var common = new Dictionary<string, JsonElement>();
        if (block.TryGetProperty("common", out JsonElement shared))
            ReadAttributes(shared, common);
        foreach (JsonElement log in logs.EnumerateArray())
        {
            if (ReadLog(log, common) is { } stored)
                yield return stored;
        }
    }

    private StoredLog? ReadLog(JsonElement log, Dictionary<string, JsonElement> common)
    {
        foreach (JsonProperty member in log.EnumerateObject().Where(member => member.Name is not ("timestamp" or "message" or "attributes")))
            drop($"a member {member.Name}, which a log has not");
        if (!log.TryGetProperty("message", out JsonElement message) || message.ValueKind != JsonValueKind.String)
        {
            drop("a log without a message");
            return null;
        }

        var attributes = new Dictionary<string, JsonElement>(common);
        ReadAttributes(log, attributes);
        long? timestamp = log.TryGetProperty("timestamp", out JsonElement time) ? ReadTime(time) : null;
        string text = message.GetString()!;
        if (!AttributeRules.IsKept(text))
            drop("a message whose end is dropped");
        timestamp = Parse(text, attributes, timestamp);
        if (attributes.Count + 2 > MaxAttributes)
            drop("more than 255 attributes");
        if (timestamp is { } milliseconds && now - DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) > TimeSpan.FromHours(48))
        {
            drop("a log older than 48 hours");
            return null;
        }

        return new StoredLog(timestamp, text, attributes);
    }

    private long? ReadTime(JsonElement time)
    {
        if (AttributeRules.Milliseconds(time) is { } milliseconds)
            return milliseconds;
        drop("a timestamp that does not count milliseconds");
        return null;
    }

    private void ReadAttributes(JsonElement owner, Dictionary<string, JsonElement> attributes)
    {
        if (!owner.TryGetProperty("attributes", out JsonElement own))
            return;
        var names = new HashSet<string>();
        foreach (JsonProperty attribute in own.EnumerateObject())
        {
            if (!names.Add(attribute.Name))
                drop($"attribute {attribute.Name} twice");
            Take(attribute, attributes);
        }
    }

    private void Take(JsonProperty attribute, Dictionary<string, JsonElement> attributes)
    {
        string? fault = AttributeRules.FaultOfName(attribute.Name);
        if (fault is null && (attribute.Name is "eventType" or "timestamp" or "message" || attribute.Name.StartsWith("instrumentation.", StringComparison.Ordinal)))
            fault = $"attribute {attribute.Name} is New Relic's own";
        JsonElement value = attribute.Value;
        fault ??= value.ValueKind switch
        {
            JsonValueKind.String => AttributeRules.IsKept(value.GetString()!) ? null : "an attribute whose end is dropped",
            JsonValueKind.Number => AttributeRules.IsNumber(value) ? null : "a number that 64 bits do not hold",
            JsonValueKind.True or JsonValueKind.False => null,
            _ => $"attribute {attribute.Name} is neither text, number nor boolean",
        };
        if (fault is null)
            attributes[attribute.Name] = value.Clone();
        else
            drop(fault);
    }

    /// <summary>Reads a message that is JSON, with the time in it, which goes before the log's own.</summary>
    private static long? Parse(string text, Dictionary<string, JsonElement> attributes, long? timestamp)
    {
        if (text.Length > MaxParsed)
            return timestamp;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return timestamp;
            Flatten(document.RootElement, string.Empty, attributes);
            return document.RootElement.TryGetProperty("timestamp", out JsonElement own) && own.ValueKind == JsonValueKind.String && own.TryGetDateTimeOffset(out DateTimeOffset time)
                ? time.ToUnixTimeMilliseconds()
                : timestamp;
        }
        catch (JsonException)
        {
            return timestamp;
        }
    }

    private static void Flatten(JsonElement value, string path, Dictionary<string, JsonElement> attributes)
    {
        foreach (JsonProperty member in value.EnumerateObject())
        {
            string name = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (member.Value.ValueKind == JsonValueKind.Object)
                Flatten(member.Value, name, attributes);
            else
                attributes.TryAdd(name, member.Value.Clone());
        }
    }
}
