using System.Collections.ObjectModel;

namespace AuditHost.Formatting.Model;

/// <summary>A JSON array of an event. Not the engine's own array, whose read-only flag an assignment to an element goes around.</summary>
internal sealed class JsonArray(ReadOnlyMemory<byte> json) : ReadOnlyCollection<object?>(Read(json)), IJsonValue
{
    public ReadOnlyMemory<byte> Json => json;

    private static List<object?> Read(ReadOnlyMemory<byte> json)
    {
        var items = new List<object?>();
        var scanner = new JsonScanner(json.Span);
        while (scanner.MoveNext())
            items.Add(JsonValues.From(json[scanner.TakeValue()]));
        return items;
    }
}
