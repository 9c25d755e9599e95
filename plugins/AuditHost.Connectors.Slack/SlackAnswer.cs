using System.Net;
using System.Text.Json;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Slack;

/// <summary>Turns an answer of Slack into what became of the message.</summary>
internal static class SlackAnswer
{
    /// <summary>The Web API gives the message back, with all its blocks.</summary>
    public const int MaxBytes = 256 << 10;

    private const int LongestName = 100;

    /// <summary>What a format or template wrote is no message.</summary>
    public static DeliveryResult NoObject => DeliveryResult.Failed(FailureKind.Rejected, "The message is no JSON object. Use format: slack, or a template that writes one");

    /// <summary>A webhook answers 200 and <c>ok</c>, or a status and the name of an error.</summary>
    /// <param name="response">Its head.</param>
    /// <param name="answer">Its body.</param>
    /// <param name="retryAfter">How long it asks to wait.</param>
    public static DeliveryResult OfWebhook(HttpResponseMessage response, JsonAnswer answer, TimeSpan? retryAfter)
    {
        bool isOk = response.StatusCode == HttpStatusCode.OK;
        return isOk && answer.Text == "ok"
            ? DeliveryResult.Delivered.WithResponse(200, null)
            : Failure(response, NameIn(answer.Text), retryAfter, "without ok. Is this an incoming webhook of Slack?").WithResponse((int)response.StatusCode, answer.Text);
    }

    /// <summary>The Web API answers 200 for nearly everything; <c>ok</c> in the body decides.</summary>
    /// <param name="response">Its head.</param>
    /// <param name="answer">Its body.</param>
    /// <param name="retryAfter">How long it asks to wait.</param>
    public static DeliveryResult OfApi(HttpResponseMessage response, JsonAnswer answer, TimeSpan? retryAfter)
    {
        if (response.StatusCode == HttpStatusCode.OK && answer.Find("ok") is { ValueKind: JsonValueKind.True })
            return DeliveryResult.Acknowledged(MessageIn(answer)).WithResponse(200, null);
        return Failure(response, NameIn(answer.String("error")), retryAfter, "that does not say ok. Is this Slack's Web API?").WithResponse((int)response.StatusCode, answer.Text);
    }

    private static DeliveryResult Failure(HttpResponseMessage response, string? name, TimeSpan? retryAfter, string strange)
    {
        int status = (int)response.StatusCode;
        if (name is not null && SlackError.Find(name) is { } error && !IsBeforeTheError(status))
            return DeliveryResult.Failed(error.Kind, $"HTTP {status}, {name}: {error.Text}", retryAfter);
        if (!response.IsSuccessStatusCode)
        {
            FailureKind kind = HttpOutcome.Classify(response.StatusCode, retryAfter is not null) ?? FailureKind.Transient;
            return DeliveryResult.Failed(kind, HttpOutcome.Describe(response), retryAfter);
        }

        // Names that are not known here are mostly of new policies of a workspace, against which no event can do anything.
        return name is null
            ? DeliveryResult.Failed(FailureKind.Transient, $"HTTP {status} {strange}")
            : DeliveryResult.Failed(FailureKind.Misconfigured, $"Slack refuses the message: {name}", retryAfter);
    }

    /// <summary>Whether the status has decided, whatever else is said: too many requests, or too large a one.</summary>
    private static bool IsBeforeTheError(int status) => status is 413 or 429;

    /// <summary>The channel and the time stamp, which name a message in Slack's methods.</summary>
    private static string? MessageIn(JsonAnswer answer) =>
        answer.String("channel") is { Length: <= LongestName } channel && answer.String("ts") is { Length: <= LongestName } time ? $"{channel}/{time}" : null;

    /// <summary>An error's name is words of small letters; anything else is some page, and may repeat a secret.</summary>
    private static string? NameIn(string? text) =>
        text is { Length: > 0 and <= LongestName } && text != "ok" && text.All(static one => char.IsAsciiLetterLower(one) || one == '_') ? text : null;
}
