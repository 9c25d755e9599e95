using System.Text.Json;

namespace AuditHost.Fakes.Splunk;

/// <summary>An event as the collector took it.</summary>
/// <param name="Json">The whole object, metadata and event.</param>
public sealed record HecEvent(JsonElement Json)
{
    public JsonElement Event => Json.GetProperty("event");

    public string? Text(string name) => Json.TryGetProperty(name, out JsonElement value) ? value.ToString() : null;
}
