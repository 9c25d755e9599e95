using System.Net;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Http;

/// <summary>What an HTTP answer means for a delivery, where the destination's own protocol does not say otherwise.</summary>
public static class HttpOutcome
{
    /// <summary>Turns an answer into a result. The body is read only where the delivery failed, and only in part.</summary>
    /// <param name="response">The answer; send with <see cref="HttpCompletionOption.ResponseHeadersRead"/>. The caller disposes of it.</param>
    /// <param name="time">The clock, for a <c>Retry-After</c> that names a time of day.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async ValueTask<DeliveryResult> ReadAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(time);
        int status = (int)response.StatusCode;
        TimeSpan? retryAfter = RetryAfter.Of(response, time);
        if (Classify(response.StatusCode, retryAfter is not null) is not { } kind)
            return DeliveryResult.Delivered.WithResponse(status, null);
        string? text = await ResponseText.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        return DeliveryResult.Failed(kind, Describe(response), retryAfter).WithResponse(status, text);
    }

    /// <summary>The kind of failure that a status stands for; <see langword="null"/> where it means delivered.</summary>
    /// <remarks>
    /// <list type="table">
    /// <listheader><term>status</term><description>meaning</description></listheader>
    /// <item><term>2xx</term><description>delivered</description></item>
    /// <item><term>3xx</term><description>Misconfigured: redirects are never followed, the endpoint has to name the final address</description></item>
    /// <item><term>401 402 403 407</term><description>Misconfigured: the sender is refused, whatever it sends</description></item>
    /// <item><term>404 405 406 410 411 414 415 426 431</term><description>Misconfigured: path, method, media type and headers are settings; no event could pass</description></item>
    /// <item><term>501 505</term><description>Misconfigured: not this method or version, ever</description></item>
    /// <item><term>408 421 423 425, other 5xx</term><description>Transient</description></item>
    /// <item><term>429, 503 with <c>Retry-After</c></term><description>Throttled</description></item>
    /// <item><term>413</term><description>TooLarge</description></item>
    /// <item><term>400 409 422, other 4xx</term><description>Rejected: the events are at fault</description></item>
    /// <item><term>anything else</term><description>Misconfigured: what answers there does not speak HTTP as it is defined</description></item>
    /// </list>
    /// </remarks>
    /// <param name="status">The status code.</param>
    /// <param name="hasRetryAfter">Whether the answer says when to come back.</param>
    public static FailureKind? Classify(HttpStatusCode status, bool hasRetryAfter = false) => (int)status switch
    {
        >= 200 and <= 299 => null,
        401 or 402 or 403 or 407 => FailureKind.Misconfigured,
        404 or 405 or 406 or 410 or 411 or 414 or 415 or 426 or 431 => FailureKind.Misconfigured,
        408 or 421 or 423 or 425 => FailureKind.Transient,
        413 => FailureKind.TooLarge,
        429 => FailureKind.Throttled,
        >= 400 and <= 499 => FailureKind.Rejected,
        501 or 505 => FailureKind.Misconfigured,
        503 when hasRetryAfter => FailureKind.Throttled,
        >= 500 and <= 599 => FailureKind.Transient,
        _ => FailureKind.Misconfigured,
    };

    /// <summary>The reason for the operator, in one line and free of what the destination wrote.</summary>
    public static string Describe(HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        int status = (int)response.StatusCode;
        return status switch
        {
            >= 300 and <= 399 => $"HTTP {status}: a redirect{TargetOf(response)}, which is never followed. Set the endpoint to the final address",
            401 or 407 => $"HTTP {status}: the credentials are missing or wrong. Check authentication",
            403 => "HTTP 403: the credentials do not permit this. Check the rights of the account",
            404 or 410 => $"HTTP {status}: nothing takes events at this path. Check the endpoint",
            405 => "HTTP 405: this method is not taken here. Check the method and the endpoint",
            415 => "HTTP 415: the media type or compression is not taken. Check the format and the compression",
            _ => $"HTTP {status}",
        };
    }

    // The host alone: the rest of a Location can hold a session or a key.
    private static string TargetOf(HttpResponseMessage response) =>
        response.Headers.Location is { IsAbsoluteUri: true, Host.Length: > 0 } location ? $" to {location.IdnHost}" : string.Empty;
}
