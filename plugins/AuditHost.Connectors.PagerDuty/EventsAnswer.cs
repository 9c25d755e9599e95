using System.Net;
using System.Text.Json;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.PagerDuty;

/// <summary>Turns an answer of the Events API into what became of the message.</summary>
internal static class EventsAnswer
{
    /// <summary>The answers are short.</summary>
    public const int MaxBytes = 64 << 10;

    /// <summary>PagerDuty does not say when to come back, and advises half a minute and more.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>Reads an answer.</summary>
    /// <param name="response">Its head.</param>
    /// <param name="answer">Its body.</param>
    /// <param name="retryAfter">How long it asks to wait.</param>
    public static DeliveryResult Read(HttpResponseMessage response, JsonAnswer answer, TimeSpan? retryAfter)
    {
        int status = (int)response.StatusCode;
        return response.StatusCode == HttpStatusCode.Accepted && answer.String("status") == "success"
            ? DeliveryResult.Acknowledged(answer.String("dedup_key")).WithResponse(status, null)
            : Failure(response, answer, retryAfter).WithResponse(status, answer.Text);
    }

    private static DeliveryResult Failure(HttpResponseMessage response, JsonAnswer answer, TimeSpan? retryAfter)
    {
        int status = (int)response.StatusCode;
        return HttpOutcome.Classify(response.StatusCode, retryAfter is not null) switch
        {
            null => DeliveryResult.Failed(
                FailureKind.Transient, $"HTTP {status} without PagerDuty's word that the message was accepted. Is something else at this endpoint?"),
            FailureKind.Throttled when status == 429 => DeliveryResult.Failed(
                FailureKind.Throttled, $"HTTP {status}: too many messages for this integration key; this one was not taken", retryAfter ?? Pause),
            FailureKind.Rejected when status == 400 && IsAboutKey(answer) => DeliveryResult.Failed(
                FailureKind.Misconfigured, "HTTP 400: PagerDuty refuses the integration key. Check integration_key, which is that of an Events API V2 integration"),
            FailureKind.Rejected => DeliveryResult.Failed(FailureKind.Rejected, $"HTTP {status}: PagerDuty finds the message invalid"),
            { } kind => DeliveryResult.Failed(kind, HttpOutcome.Describe(response), retryAfter),
        };
    }

    /// <summary>A refused key is answered with 400 like a bad message; only the words tell them apart.</summary>
    private static bool IsAboutKey(JsonAnswer answer)
    {
        if (NamesKey(answer.String("message")))
            return true;
        return answer.Find("errors") is { ValueKind: JsonValueKind.Array } errors
            && errors.EnumerateArray().Any(error => NamesKey(error.TextOrNull()));
    }

    private static bool NamesKey(string? text) => text is not null
        && (text.Contains("routing_key", StringComparison.OrdinalIgnoreCase) || text.Contains("routing key", StringComparison.OrdinalIgnoreCase));
}
