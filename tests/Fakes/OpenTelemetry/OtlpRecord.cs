using System.Text.Json.Nodes;

namespace AuditHost.Fakes.OpenTelemetry;

/// <summary>A log record with what it stood under. Values of OTLP are JSON here: integers as numbers, bytes as base64.</summary>
public sealed record OtlpRecord
{
    public required IReadOnlyDictionary<string, JsonNode?> Resource { get; init; }

    public required string Scope { get; init; }

    public ulong Time { get; set; }

    public ulong ObservedTime { get; set; }

    public int SeverityNumber { get; set; }

    public string SeverityText { get; set; } = string.Empty;

    public string EventName { get; set; } = string.Empty;

    public JsonNode? Body { get; set; }

    public Dictionary<string, JsonNode?> Attributes { get; } = [];

    /// <summary>An attribute that is a text; <see langword="null"/> where there is none.</summary>
    public string? Text(string attribute) => Attributes.TryGetValue(attribute, out JsonNode? value) ? value?.GetValue<string>() : null;
}
