using System.Text.Json;
using Scriban.Runtime;

namespace AuditHost.Formatting.Model;

/// <summary>A JSON array of an event.</summary>
internal sealed class JsonArray : ScriptArray, IJsonValue
{
    public JsonArray(JsonElement element)
        : base(element.GetArrayLength())
    {
        Element = element;
        foreach (JsonElement item in element.EnumerateArray())
            Add(JsonValues.From(item));
        IsReadOnly = true;
    }

    public JsonElement Element { get; }
}
