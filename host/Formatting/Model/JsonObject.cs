using System.Collections;
using System.Runtime.InteropServices;
using System.Text.Json;
using AuditHost.Sdk;
using Scriban.Runtime;

namespace AuditHost.Formatting.Model;

/// <summary>A JSON object of an event. Members are looked up in the parsed bytes when the template asks for them.</summary>
internal sealed class JsonObject(JsonElement element) : ReadOnlyObject, IJsonValue, IEnumerable<ScriptObject>
{
    public JsonElement Element => element;

    public override int Count => element.GetPropertyCount();

    public override bool TryGetValue(string member, out object? value)
    {
        bool found = element.TryGetProperty(member, out JsonElement child);
        value = found ? JsonValues.From(child) : null;
        return found;
    }

    public override bool Contains(string member) => element.TryGetProperty(member, out _);

    public override IEnumerable<string> GetMembers()
    {
        foreach (JsonProperty property in element.EnumerateObject())
            yield return NameOf(property);
    }

    /// <summary>A loop over an object sees a <c>key</c> and a <c>value</c> per member.</summary>
    public IEnumerator<ScriptObject> GetEnumerator()
    {
        foreach (JsonProperty property in element.EnumerateObject())
            yield return new ScriptObject(2) { ["key"] = NameOf(property), ["value"] = JsonValues.From(property.Value) };
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string NameOf(JsonProperty property) =>
        new EventValue(EventValueKind.String, JsonMarshal.GetRawUtf8PropertyName(property)).ToString();
}
