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
        if (answer?.MemberOrNull("error") is not { ValueKind: JsonValueKind.Object } error)
            return null;
        JsonElement cause = error.MemberOrNull("root_cause") is { ValueKind: JsonValueKind.Array } causes && causes.GetArrayLength() > 0 ? causes[0] : error;
        return cause.TextOrNull("type") is { } type ? new ElasticError(type, cause.TextOrNull("reason") ?? string.Empty) : null;
    }
}
