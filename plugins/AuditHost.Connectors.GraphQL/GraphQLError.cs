using System.Text;
using System.Text.Json;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.GraphQL;

/// <summary>One of an answer's errors (GraphQL specification, section 7.1.2).</summary>
/// <param name="Code">Its <c>extensions.code</c>.</param>
/// <param name="Message">What it says, on one line and cut.</param>
/// <param name="Index">The first place in a list that its path leads through.</param>
/// <param name="IsAboutValue">Whether it says that the value of a variable does not fit.</param>
/// <param name="RetryAfter">How long it asks to wait, by <c>extensions.retryAfter</c> in seconds.</param>
internal readonly record struct GraphQLError(string? Code, string Message, int? Index, bool IsAboutValue, TimeSpan? RetryAfter)
{
    private const int MaxMessageCharacters = 200;

    /// <summary>The error in words.</summary>
    public string Reason => Code is null ? Message : $"{Code}: {Message}";

    /// <summary>Reads one; what is not of the specified form is an error without words.</summary>
    public static GraphQLError Read(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
            return new GraphQLError(null, "An error without a message", null, false, null);
        string? code = null;
        TimeSpan? retryAfter = null;
        if (error.TryGetProperty("extensions", out JsonElement extensions) && extensions.ValueKind == JsonValueKind.Object)
        {
            code = extensions.TryGetProperty("code", out JsonElement value) && value.ValueKind == JsonValueKind.String ? Cleaned(value.GetString()!) : null;
            if (extensions.TryGetProperty("retryAfter", out JsonElement wait) && wait.ValueKind is JsonValueKind.Number or JsonValueKind.String)
                retryAfter = PluginKit.Http.RetryAfter.Parse(wait.ToString(), DateTimeOffset.UnixEpoch);
        }

        string message = error.TryGetProperty("message", out JsonElement said) && said.ValueKind == JsonValueKind.String ? said.GetString()! : string.Empty;
        bool hasPath = error.TryGetProperty("path", out JsonElement path) && path.ValueKind == JsonValueKind.Array;
        return new GraphQLError(code, Cleaned(message) ?? "An error without a message", hasPath ? IndexIn(path) : null, IsValue(message, path, hasPath), retryAfter);
    }

    private static int? IndexIn(JsonElement path)
    {
        foreach (JsonElement step in path.EnumerateArray())
        {
            if (step.ValueKind == JsonValueKind.Number)
                return step.TryGetInt32(out int index) ? index : int.MaxValue;
        }

        return null;
    }

    /// <summary>
    /// Whether the value of a variable is at fault, and not the mutation. Servers after the reference implementation have no code for that,
    /// and say it in its words; gqlgen has a path that begins with "variable".
    /// </summary>
    private static bool IsValue(string message, JsonElement path, bool hasPath) =>
        (hasPath && path.GetArrayLength() > 1 && path[0].ValueKind == JsonValueKind.String && path[0].ValueEquals("variable"u8))
        || (message.StartsWith("Variable ", StringComparison.Ordinal) && message.Contains("invalid value", StringComparison.Ordinal));

    private static string? Cleaned(string text) =>
        ResponseText.Clean(Encoding.UTF8.GetBytes(text)) is { } clean ? (clean.Length > MaxMessageCharacters ? clean[..MaxMessageCharacters] : clean) : null;
}
