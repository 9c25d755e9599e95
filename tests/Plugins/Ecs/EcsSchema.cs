using System.Globalization;
using System.Net;
using System.Text.Json;
using AuditHost.Plugins.Tests.Formats;

namespace AuditHost.Plugins.Tests.Ecs;

/// <summary>Holds a document to the rules in <c>EcsSchema.json</c>, and says all that is wrong with it.</summary>
internal sealed class EcsSchema
{
    private const string CustomField = "audithost";

    private static readonly JsonElement Schema = JsonElement.Parse(string.Concat(SampleEvents.ReadLines("EcsSchema.json")));
    private static readonly Dictionary<string, string> Fields = Schema.GetProperty("fields").Deserialize<Dictionary<string, string>>()!;
    private static readonly Dictionary<string, string[]> Allowed = Schema.GetProperty("allowed").Deserialize<Dictionary<string, string[]>>()!;
    private static readonly Dictionary<string, string[]> TypesOfCategory = Schema.GetProperty("types_of_category").Deserialize<Dictionary<string, string[]>>()!;

    private readonly List<string> _violations = [];

    /// <summary>The names of ECS that stand at the top of documents, labels included.</summary>
    public static IEnumerable<string> TopLevelNames => Fields.Keys.Select(static name => name.Split('.')[0]).Append("labels").Distinct();

    /// <summary>What is wrong with a document; nothing where it is right.</summary>
    public static IReadOnlyList<string> Check(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        var check = new EcsSchema();
        check.CheckObject(document.RootElement, string.Empty);
        check.CheckRequired(document.RootElement);
        check.CheckTypesOfCategories(document.RootElement);
        check.CheckDataStream(document.RootElement);
        return check._violations;
    }

    private void CheckObject(JsonElement element, string path)
    {
        HashSet<string> names = [];
        if (!element.EnumerateObject().Any())
            _violations.Add($"{path} is an empty object");
        foreach (JsonProperty member in element.EnumerateObject())
        {
            string name = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (!names.Add(member.Name))
                _violations.Add($"{name} stands twice");
            if (member.Name.Contains('.', StringComparison.Ordinal))
                _violations.Add($"{name} has a dot in its name");
            if (name == CustomField)
                continue;
            if (name == "labels")
                CheckLabels(member.Value);
            else if (member.Value.ValueKind == JsonValueKind.Object && !Fields.ContainsKey(name))
                CheckObject(member.Value, name);
            else if (Fields.TryGetValue(name, out string? type))
                CheckField(member.Value, name, type.TrimEnd('!'));
            else
                _violations.Add($"{name} is no field of ECS");
        }
    }

    private void CheckField(JsonElement value, string name, string type)
    {
        if (!type.EndsWith("[]", StringComparison.Ordinal))
        {
            CheckValue(value, name, type);
            return;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            _violations.Add($"{name} is no array");
            return;
        }

        if (value.GetArrayLength() == 0)
            _violations.Add($"{name} is an empty array");
        foreach (JsonElement element in value.EnumerateArray())
            CheckValue(element, name, type[..^2]);
    }

    private void CheckValue(JsonElement value, string name, string type)
    {
        bool fits = type switch
        {
            "long" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "date" => value.ValueKind == JsonValueKind.String && DateTimeOffset.TryParseExact(
                value.GetString(), "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "ip" => value.ValueKind == JsonValueKind.String && IPAddress.TryParse(value.GetString(), out _),
            "keyword" or "constant_keyword" or "match_only_text" or "wildcard" => value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0,
            _ => throw new InvalidOperationException($"EcsSchema.json has the type {type}, which has no check."),
        };
        if (!fits)
            _violations.Add($"{name} is no {type}: {value.GetRawText()}");
        bool isAllowed = name == "event.category"
            ? TypesOfCategory.ContainsKey(value.ToString())
            : !Allowed.TryGetValue(name, out string[]? allowed) || allowed.Contains(value.ToString());
        if (!isAllowed)
            _violations.Add($"{name} cannot be {value}");
    }

    private void CheckLabels(JsonElement labels)
    {
        foreach (JsonProperty label in labels.EnumerateObject())
        {
            if (label.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                || label.Name.Contains('.', StringComparison.Ordinal))
                _violations.Add($"labels.{label.Name} is not flat");
        }
    }

    private void CheckRequired(JsonElement document)
    {
        foreach ((string name, string type) in Fields)
        {
            if (type.EndsWith('!') && Find(document, name) is null)
                _violations.Add($"{name} is missing");
        }
    }

    private void CheckTypesOfCategories(JsonElement document)
    {
        if (Find(document, "event.category") is not { ValueKind: JsonValueKind.Array } categories
            || Find(document, "event.type") is not { ValueKind: JsonValueKind.Array } types)
            return;
        string[] expected = [.. categories.EnumerateArray().SelectMany(category => TypesOfCategory.GetValueOrDefault(category.ToString(), []))];
        foreach (JsonElement type in types.EnumerateArray())
        {
            if (!expected.Contains(type.ToString()))
                _violations.Add($"event.type cannot be {type} where event.category is {categories}");
        }
    }

    private void CheckDataStream(JsonElement document)
    {
        if (Find(document, "data_stream") is null)
            return;
        if (Find(document, "data_stream.type")?.ToString() != "logs")
            _violations.Add("data_stream.type is not logs");
        if (Find(document, "data_stream.dataset")?.ToString() != Find(document, "event.dataset")?.ToString())
            _violations.Add("data_stream.dataset is not event.dataset");
        if (Find(document, "data_stream.namespace") is null)
            _violations.Add("data_stream.namespace is missing");
    }

    private static JsonElement? Find(JsonElement document, string path)
    {
        foreach (string name in path.Split('.'))
        {
            if (document.ValueKind != JsonValueKind.Object || !document.TryGetProperty(name, out document))
                return null;
        }

        return document;
    }
}
