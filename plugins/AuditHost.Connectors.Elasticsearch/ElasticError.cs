using System.Text;
using System.Text.Json;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>What Elasticsearch says of a request that it refuses ("REST API conventions", "Error responses").</summary>
/// <param name="Type">For instance <c>security_exception</c>.</param>
/// <param name="Reason">Its words; they may quote what was sent.</param>
internal sealed record ElasticError(string Type, string Reason)
{
    private const int LongestReason = 500;

    /// <summary>Both on one line.</summary>
    public string Text => ResponseText.Clean(Encoding.UTF8.GetBytes($"{Type}: {Reason[..Math.Min(Reason.Length, LongestReason)]}")) ?? Type;

    /// <returns><see langword="null"/> where the answer has no error in this form.</returns>
    public static ElasticError? In(JsonElement? answer)
    {
        if (answer is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("error", out JsonElement error) || error.ValueKind != JsonValueKind.Object)
            return null;
        bool hasCause = error.TryGetProperty("root_cause", out JsonElement causes) && causes.ValueKind == JsonValueKind.Array && causes.GetArrayLength() > 0;
        JsonElement cause = hasCause ? causes[0] : error;
        return cause.ValueKind == JsonValueKind.Object && Member(cause, "type") is { } type ? new ElasticError(type, Member(cause, "reason") ?? string.Empty) : null;
    }

    private static string? Member(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
