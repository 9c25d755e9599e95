using System.Text.Json;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog;

/// <summary>
/// Sends requests to one of Datadog's HTTP APIs. They all say "taken" by 202 and a JSON object; what else the object has to say is the API's own.
/// </summary>
internal sealed class IntakeClient(Intakes intake, HttpEndpoints endpoints, string apiKey, Predicate<JsonAnswer> isTaken, PluginContext context)
{
    public const string ApiKeyHeader = "DD-API-KEY";

    private const int Taken = 202;
    private const int MaxAnswerBytes = 64 << 10;

    /// <summary>Sends a body that stands for the events from one index to before another, and marks them by the answer.</summary>
    public async ValueTask<DeliveryResult> SendAsync(HttpContent content, BatchProgress progress, int from, int to, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage { Method = HttpMethod.Post, Content = content };
        request.Headers.TryAddWithoutValidation(ApiKeyHeader, apiKey);
        using HttpResponseMessage response = await endpoints.SendAsync(context.Http, request, cancellationToken).ConfigureAwait(false);
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, MaxAnswerBytes, cancellationToken).ConfigureAwait(false);
        int status = (int)response.StatusCode;
        if (status is < 200 or > 299)
            return Failure(response, Describe(response), context.Time).WithResponse(status, answer.Text);
        if (status != Taken)
            return DeliveryResult.Failed(FailureKind.Misconfigured, $"HTTP {status} where Datadog says 202. Check the endpoint").WithResponse(status, answer.Text);
        if (HasErrors(answer))
            RefuseAll(progress, from, to, status, answer);
        else if (!isTaken(answer))
            return DeliveryResult.Failed(FailureKind.Transient, "HTTP 202 without Datadog's word that it was taken").WithResponse(status, answer.Text);
        progress.Take(intake, from, to);
        return DeliveryResult.Delivered.WithResponse(status, null);
    }

    /// <summary>What an answer without success means.</summary>
    public static DeliveryResult Failure(HttpResponseMessage response, string reason, TimeProvider time)
    {
        TimeSpan? retryAfter = RetryAfter.Of(response, time) ?? ResetOf(response, time);
        FailureKind kind = HttpOutcome.Classify(response.StatusCode, retryAfter is not null) ?? FailureKind.Transient;
        return DeliveryResult.Failed(kind, reason, kind == FailureKind.Throttled ? retryAfter : null);
    }

    /// <summary>The reason for the operator, where it is Datadog that answers.</summary>
    public static string Describe(HttpResponseMessage response) => (int)response.StatusCode is 401 or 403
        ? $"HTTP {(int)response.StatusCode}: Datadog does not take this API key here. A key belongs to one site: check api_key and site"
        : HttpOutcome.Describe(response);

    /// <summary>
    /// 202 with errors: part of the request may have been taken, and Datadog does not say which. To send it again would count or show that part twice.
    /// </summary>
    private void RefuseAll(BatchProgress progress, int from, int to, int status, JsonAnswer answer)
    {
        for (int index = from; index < to; index++)
        {
            if (progress.Needs(index, intake))
                progress.Refuse(index, FailureKind.Rejected, $"Datadog answered 202 with errors, and does not say for what; this event may have been taken: {Cut(answer.Text)}", status);
        }
    }

    private static bool HasErrors(JsonAnswer answer) =>
        answer.Find("errors") is { } errors && (errors.ValueKind != JsonValueKind.Array || errors.GetArrayLength() > 0);

    private static string Cut(string? text) => text is { Length: > 200 } ? $"{text.AsSpan(0, 200)}…" : text ?? string.Empty;

    /// <summary>Datadog's own word for when a rate limit ends, in seconds from now.</summary>
    private static TimeSpan? ResetOf(HttpResponseMessage response, TimeProvider time) =>
        (int)response.StatusCode == 429 && response.Headers.NonValidated.TryGetValues("X-RateLimit-Reset", out var values)
            ? RetryAfter.Parse(values.ToString(), time.GetUtcNow())
            : null;
}
