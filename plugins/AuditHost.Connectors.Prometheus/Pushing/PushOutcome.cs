using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Prometheus.Pushing;

/// <summary>
/// What an answer to a push means. What is pushed is the state of all metrics, not the events: no answer speaks against an event, and halving
/// a batch would not make the push smaller. So there are neither rejected nor too large events here.
/// </summary>
internal static class PushOutcome
{
    /// <summary>Reads an answer that is no success.</summary>
    public static async ValueTask<DeliveryResult> ReadAsync(string target, HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        DeliveryResult result = await HttpOutcome.ReadAsync(response, time, cancellationToken).ConfigureAwait(false);
        FailureKind kind = result.Kind is FailureKind.Transient or FailureKind.Throttled ? result.Kind : FailureKind.Misconfigured;
        string reason = (int)response.StatusCode switch
        {
            400 => $"HTTP 400: {target} does not take the metrics. Its answer says why",
            413 => $"HTTP 413: {target} does not take a push of this size. Raise its limit",
            _ => result.Reason!,
        };
        return DeliveryResult.Failed(kind, reason, result.RetryAfter).WithResponse(result.Status, result.Response);
    }

    /// <summary>Whether a success looks like a page for people, which neither of the two targets sends.</summary>
    public static bool IsPage(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { } type && type.Contains("html", StringComparison.OrdinalIgnoreCase);

    public static DeliveryResult Stranger(string target, HttpResponseMessage response) =>
        DeliveryResult.Failed(FailureKind.Misconfigured, $"What answers there is not {target}. Check the endpoint").WithResponse((int)response.StatusCode, null);
}
