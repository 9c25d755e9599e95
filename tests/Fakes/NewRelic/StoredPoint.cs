using System.Text.Json;

namespace AuditHost.Fakes.NewRelic;

/// <summary>A metric's data point as New Relic stores it.</summary>
/// <param name="Name">The metric.</param>
/// <param name="Type">count, gauge or summary.</param>
/// <param name="Timestamp">Milliseconds since 1970; <see langword="null"/> where it got the time of arrival.</param>
/// <param name="Interval">How long it counts, in milliseconds.</param>
/// <param name="Value">A number, or a summary's four.</param>
/// <param name="Attributes">Its attributes and those common to all.</param>
public sealed record StoredPoint(string Name, string Type, long? Timestamp, long? Interval, JsonElement Value, IReadOnlyDictionary<string, JsonElement> Attributes)
{
    /// <summary>An attribute as text; <see langword="null"/> where there is none.</summary>
    public string? Text(string name) => Attributes.TryGetValue(name, out JsonElement value) ? value.ToString() : null;
}
