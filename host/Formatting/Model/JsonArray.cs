using System.Collections.ObjectModel;
using System.Text.Json;

namespace AuditHost.Formatting.Model;

/// <summary>A JSON array of an event. Not the engine's own array, whose read-only flag an assignment to an element goes around.</summary>
internal sealed class JsonArray(JsonElement element) : ReadOnlyCollection<object?>(Read(element)), IJsonValue
{
    public JsonElement Element => element;

    private static object?[] Read(JsonElement element)
    {
        var items = new object?[element.GetArrayLength()];
        int index = 0;
        foreach (JsonElement item in element.EnumerateArray())
            items[index++] = JsonValues.From(item);
        return items;
    }
}
