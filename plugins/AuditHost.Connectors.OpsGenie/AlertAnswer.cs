using System.Globalization;
using System.Net;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.OpsGenie;

/// <summary>Turns an answer of the alert API into what became of the message ("Response" and "Rate Limiting" of OpsGenie's documents).</summary>
internal static class AlertAnswer
{
    /// <summary>The answers are short.</summary>
    public const int MaxBytes = 64 << 10;

    /// <summary>The id of a request that is queued; <see langword="null"/> where the answer says anything else.</summary>
    public static string? QueuedAs(HttpResponseMessage response, JsonAnswer answer) =>
        response.StatusCode == HttpStatusCode.Accepted && answer.String("requestId") is { Length: > 0 and <= 256 } id ? id : null;

    /// <summary>Whether the answer says that requests are being slowed down, which also one that was taken can say.</summary>
    public static bool IsSlowed(HttpResponseMessage response) => Header(response, "X-RateLimit-State") == "THROTTLED";

    /// <summary>Reads an answer by which nothing is queued.</summary>
    /// <param name="response">Its head.</param>
    /// <param name="answer">Its body.</param>
    /// <param name="isAction">Whether it is about an alert that should be open.</param>
    /// <param name="time">The clock.</param>
    public static DeliveryResult Failure(HttpResponseMessage response, JsonAnswer answer, bool isAction, TimeProvider time)
    {
        int status = (int)response.StatusCode;
        TimeSpan? retryAfter = RetryAfter.Of(response, time) ?? PeriodOf(response);
        DeliveryResult result = HttpOutcome.Classify(response.StatusCode, retryAfter is not null) switch
        {
            null => DeliveryResult.Failed(FailureKind.Transient, $"HTTP {status} without a requestId: nothing says that the message is queued. Is something else at this endpoint?"),
            FailureKind.Throttled when status == 429 => DeliveryResult.Failed(FailureKind.Throttled, $"HTTP {status}: too many requests of this integration or account", retryAfter),
            FailureKind.Rejected when status == 422 && IsAboutKey(answer) => DeliveryResult.Failed(
                FailureKind.Misconfigured, "HTTP 422: the key does not have the form of one. Check api_key"),
            FailureKind.Rejected => DeliveryResult.Failed(FailureKind.Rejected, $"HTTP {status}: the message is found invalid"),
            FailureKind.Misconfigured when status is 401 => DeliveryResult.Failed(
                FailureKind.Misconfigured, "HTTP 401: the key is not known, or its integration is disabled. Check api_key, api and region"),
            FailureKind.Misconfigured when status is 402 => DeliveryResult.Failed(FailureKind.Misconfigured, "HTTP 402: the account's plan does not permit this"),
            FailureKind.Misconfigured when status is 403 => DeliveryResult.Failed(
                FailureKind.Misconfigured, "HTTP 403: the key may not do this. Use the key of an API integration that may create and close alerts"),
            FailureKind.Misconfigured when status is 404 && isAction && answer.String("requestId") is not null => DeliveryResult.Failed(
                FailureKind.Rejected, "HTTP 404: there is no such alert"),
            { } kind => DeliveryResult.Failed(kind, HttpOutcome.Describe(response), retryAfter),
        };
        return result.WithResponse(status, answer.Text);
    }

    /// <summary>A malformed key is refused with 422 like a bad message; only the words tell them apart.</summary>
    private static bool IsAboutKey(JsonAnswer answer) => answer.String("message") is { } message && message.Contains("key format", StringComparison.OrdinalIgnoreCase);

    private static TimeSpan? PeriodOf(HttpResponseMessage response) =>
        int.TryParse(Header(response, "X-RateLimit-Period-In-Sec"), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && response.StatusCode == HttpStatusCode.TooManyRequests
            ? TimeSpan.FromSeconds(Math.Min(seconds, RetryAfter.Maximum.TotalSeconds))
            : null;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
