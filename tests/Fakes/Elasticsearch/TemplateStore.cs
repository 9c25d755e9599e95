using System.Text.Json;

namespace AuditHost.Fakes.Elasticsearch;

/// <summary>The templates of a cluster: what may be put, and which of them makes an index.</summary>
internal sealed class TemplateStore
{
    private static readonly HashSet<string> TemplateKeys =
        ["index_patterns", "composed_of", "ignore_missing_component_templates", "template", "priority", "version", "_meta", "data_stream", "allow_auto_create", "deprecated"];

    private static readonly HashSet<string> ComponentKeys = ["template", "version", "_meta", "deprecated"];
    private static readonly HashSet<string> InnerKeys = ["settings", "mappings", "aliases", "lifecycle", "data_stream_options"];

    private readonly Dictionary<string, JsonElement> _components = [];
    private readonly Dictionary<string, FakeTemplate> _templates = [];

    public IReadOnlyDictionary<string, JsonElement> Components => _components;

    public IReadOnlyDictionary<string, JsonElement> Templates => _templates.ToDictionary(one => one.Key, one => one.Value.Json);

    public FakeTemplate? For(string index) => _templates.Values.Where(template => template.Fits(index)).MaxBy(template => template.Priority);

    /// <returns>What is wrong with it; <see langword="null"/> where it was put.</returns>
    public (string Type, string Reason)? PutComponent(string name, JsonElement component)
    {
        if (UnknownKey(component, ComponentKeys) is { } unknown)
            return ("x_content_parse_exception", $"[component_template] unknown field [{unknown}]");
        if (FakeTemplate.Find(component, "template") is not { ValueKind: JsonValueKind.Object } template)
            return ("illegal_argument_exception", "Required [template]");
        if (UnknownKey(template, InnerKeys) is { } inner)
            return ("x_content_parse_exception", $"[template] unknown field [{inner}]");
        _components[name] = component;
        return null;
    }

    /// <returns>What is wrong with it; <see langword="null"/> where it was put.</returns>
    public (string Type, string Reason)? Put(string name, JsonElement json)
    {
        if (UnknownKey(json, TemplateKeys) is { } unknown)
            return ("x_content_parse_exception", $"[index_template] unknown field [{unknown}]");
        if (FakeTemplate.Find(json, "index_patterns") is not { ValueKind: JsonValueKind.Array } patterns || patterns.GetArrayLength() == 0)
            return ("action_request_validation_exception", "Validation Failed: 1: index patterns are missing;");
        if (FakeTemplate.Find(json, "template") is { } body && UnknownKey(body, InnerKeys) is { } inner)
            return ("x_content_parse_exception", $"[template] unknown field [{inner}]");
        string[] composed = Texts(json, "composed_of");
        if (composed.FirstOrDefault(component => !_components.ContainsKey(component) && !Texts(json, "ignore_missing_component_templates").Contains(component)) is { } missing)
            return ("invalid_index_template_exception", $"index_template [{name}] invalid, cause [index template [{name}] specifies component templates [{missing}] that do not exist]");
        var template = new FakeTemplate(name, json, [.. composed.Where(_components.ContainsKey).Select(component => _components[component])]);
        if (TimestampFault(template) is { } fault)
            return ("illegal_argument_exception", fault);
        if (_templates.Values.FirstOrDefault(other => other.Name != name && other.Priority == template.Priority && other.Overlaps(template)) is { } clash)
            return ("illegal_argument_exception", $"index template [{name}] has index patterns [{string.Join(", ", template.Patterns)}] matching patterns from existing templates [{clash.Name}] with patterns (…) that have the same priority [{template.Priority}], multiple index templates may not match during index creation, please use a different priority");
        _templates[name] = template;
        return null;
    }

    private static string? TimestampFault(FakeTemplate template)
    {
        bool ignoresMalformed = template.Components.Any(component => FakeTemplate.Find(component, "template", "settings", "index", "mapping", "ignore_malformed") is { ValueKind: JsonValueKind.True });
        bool isExempt = template.Components.Any(component => FakeTemplate.Find(component, "template", "mappings", "properties", "@timestamp", "ignore_malformed") is { ValueKind: JsonValueKind.False });
        return template.IsDataStream && ignoresMalformed && !isExempt ? "data stream timestamp field [@timestamp] has disallowed [ignore_malformed] attribute specified" : null;
    }

    private static string? UnknownKey(JsonElement json, HashSet<string> known) =>
        json.ValueKind == JsonValueKind.Object ? json.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !known.Contains(name)) : "?";

    private static string[] Texts(JsonElement json, string name) =>
        FakeTemplate.Find(json, name) is { ValueKind: JsonValueKind.Array } texts ? [.. texts.EnumerateArray().Select(text => text.GetString()!)] : [];
}
