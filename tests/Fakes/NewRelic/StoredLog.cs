using System.Text.Json;

namespace AuditHost.Fakes.NewRelic;

/// <summary>A log as New Relic stores it.</summary>
/// <param name="Timestamp">Milliseconds since 1970; <see langword="null"/> where it got the time of arrival.</param>
/// <param name="Message">The message.</param>
/// <param name="Attributes">Its attributes, those common to all, and those that New Relic read out of the message.</param>
public sealed record StoredLog(long? Timestamp, string Message, IReadOnlyDictionary<string, JsonElement> Attributes)
{
    /// <summary>An attribute as text; <see langword="null"/> where there is none.</summary>
    public string? Text(string name) => Attributes.TryGetValue(name, out JsonElement value) ? value.ToString() : null;
}
