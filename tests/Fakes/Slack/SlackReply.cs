using System.Text.Json;

namespace AuditHost.Fakes.Slack;

/// <summary>Answers in Slack's own words.</summary>
public static class SlackReply
{
    /// <summary>What an incoming webhook says: a status and a word, which is no JSON.</summary>
    public static FakeAnswer OfWebhook(int status, string word) => new(status, word, "text/html");

    /// <summary>What the Web API says: nearly always 200, and the error in the body.</summary>
    public static FakeAnswer OfApi(string error, string? message = null, int status = 200) => new(status, message is null
        ? $$"""{"ok":false,"error":"{{error}}"}"""
        : $$$"""{"ok":false,"error":"{{{error}}}","response_metadata":{"messages":[{{{JsonSerializer.Serialize("[ERROR] " + message)}}}]}}""");

    /// <summary>Too many requests, as both say it.</summary>
    public static FakeAnswer RateLimited(int seconds) => OfApi("ratelimited", status: 429).With("Retry-After", $"{seconds}");
}
