using System.Text.Json;

namespace AuditHost.Fakes.Datadog;

/// <summary>A log as it was taken.</summary>
/// <param name="Json">The whole entry.</param>
/// <param name="Time">The time it stands under.</param>
public sealed record TakenLog(JsonElement Json, DateTimeOffset Time)
{
    public string? Text(string name) => Json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
