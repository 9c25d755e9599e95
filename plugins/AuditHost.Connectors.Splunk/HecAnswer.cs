using System.Text.Json;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Splunk;

/// <summary>Turns an answer of the HTTP Event Collector into what became of the batch.</summary>
internal static class HecAnswer
{
    /// <summary>The answers of HEC are short.</summary>
    public const int MaxBytes = 64 << 10;

    /// <summary>Reads an answer whose status is no success.</summary>
    /// <param name="response">Its head.</param>
    /// <param name="answer">Its body.</param>
    /// <param name="count">How many events the batch has.</param>
    /// <param name="retryAfter">How long it asks to wait.</param>
    /// <param name="acknowledges">Whether only an acknowledgement counts, which a failure never has.</param>
    public static DeliveryResult Failure(HttpResponseMessage response, JsonAnswer answer, int count, TimeSpan? retryAfter, bool acknowledges)
    {
        int status = (int)response.StatusCode;
        int? code = answer.Integer("code");
        (FailureKind kind, string reason) = code is { } known && HecCode.Find(known) is { } meaning && !IsTheProxys(status)
            ? (meaning.Kind, $"HTTP {status}, code {known}: {meaning.Text}")
            : (HttpOutcome.Classify(response.StatusCode, retryAfter is not null) ?? FailureKind.Transient, HttpOutcome.Describe(response));
        DeliveryResult result = answer.Integer("invalid-event-number") is { } number && number >= 0 && number < count && kind != FailureKind.Misconfigured
            ? StoppedAt(number, count, kind, reason, retryAfter, acknowledges)
            : DeliveryResult.Failed(kind, reason, retryAfter);
        return result.WithResponse(status, answer.Text);
    }

    /// <summary>
    /// HEC reads events in order and stops at the first one it cannot take; those before it are taken already. What the vendor's servers
    /// do rather than what its manual promises: where the number is missing, nothing counts as taken. Taken is not indexed, and such an answer
    /// has no id to ask by: with acknowledgement those before it come again.
    /// </summary>
    private static DeliveryResult StoppedAt(int number, int count, FailureKind kind, string reason, TimeSpan? retryAfter, bool acknowledges)
    {
        int first = acknowledges ? 0 : number;
        var failures = new EventFailure[count - first];
        FailureKind rest = kind == FailureKind.Rejected ? FailureKind.Transient : kind;
        for (int i = 0; i < failures.Length; i++)
        {
            int index = first + i;
            failures[i] = index switch
            {
                _ when index < number => new EventFailure(index, rest, $"Not acknowledged, because Splunk stopped at event {number} of the request"),
                _ when index == number => new EventFailure(index, kind, reason),
                _ => new EventFailure(index, rest, $"Not read, because Splunk stopped at event {number} of the request"),
            };
        }

        return DeliveryResult.Partial(failures, retryAfter);
    }

    /// <summary>413 comes before the body is looked at; whatever else the answer says, it is about the size.</summary>
    private static bool IsTheProxys(int status) => status == 413;

    /// <summary>Whether an acknowledgement of the given id stands in the answer to a poll.</summary>
    public static bool IsAcknowledged(JsonAnswer answer, string id) =>
        answer.Find("acks") is { ValueKind: JsonValueKind.Object } acks && acks.TryGetProperty(id, out JsonElement state) && state.ValueKind == JsonValueKind.True;
}
