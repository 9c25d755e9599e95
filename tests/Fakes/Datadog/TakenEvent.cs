using System.Text.Json;

namespace AuditHost.Fakes.Datadog;

/// <summary>An event of the event stream as it was taken.</summary>
/// <param name="Json">The whole body.</param>
public sealed record TakenEvent(JsonElement Json)
{
    public string Title => Json.GetProperty("title").GetString()!;

    public string? Text(string name) => Json.TryGetProperty(name, out JsonElement value) ? value.ToString() : null;
}
