using System.Text.Json;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.NewRelic;

/// <summary>
/// Turns an answer into what became of a request. A success says that New Relic has the request, not that it likes it: its id is what an
/// <c>NrIntegrationError</c> names it by.
/// </summary>
internal static class IngestAnswer
{
    public static async ValueTask<DeliveryResult> ReadAsync(TelemetryKind kind, HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        int status = (int)response.StatusCode;
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, NewRelicLimits.Answer, cancellationToken).ConfigureAwait(false);
        if (status is < 200 or > 299)
            return Failure(kind, response, answer.Text, time);
        string? id = kind == TelemetryKind.Events ? answer.String("uuid") : answer.String("requestId");
        bool isTaken = !string.IsNullOrWhiteSpace(id) && (kind != TelemetryKind.Events || answer.Find("success") is { ValueKind: JsonValueKind.True });
        return isTaken
            ? DeliveryResult.Acknowledged(id).WithResponse(status, null)
            : DeliveryResult.Failed(FailureKind.Transient, $"HTTP {status} to {BatchPlan.NameOf(kind)} without the id of a request that New Relic has taken. Is this New Relic?").WithResponse(status, answer.Text);
    }

    /// <summary>What an answer means that is no success.</summary>
    public static DeliveryResult Failure(TelemetryKind kind, HttpResponseMessage response, string? text, TimeProvider time)
    {
        TimeSpan? retryAfter = RetryAfter.Of(response, time);
        FailureKind failure = HttpOutcome.Classify(response.StatusCode, retryAfter is not null) ?? FailureKind.Transient;
        return DeliveryResult.Failed(failure, $"{Describe(response)} ({BatchPlan.NameOf(kind)})", retryAfter).WithResponse((int)response.StatusCode, text);
    }

    private static string Describe(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        401 or 403 => $"HTTP {(int)response.StatusCode}: New Relic does not take the license key here. Check license_key, which must be of type INGEST - LICENSE, and region",
        404 => "HTTP 404: nothing takes this kind of data at this address. Check endpoint, and account_id for events",
        _ => HttpOutcome.Describe(response),
    };
}
