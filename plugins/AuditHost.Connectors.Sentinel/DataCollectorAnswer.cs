using System.Net;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Sentinel;

/// <summary>
/// Turns an answer of the HTTP Data Collector API other than 200 into what became of the batch ("HTTP Data Collector API", Return
/// codes). Errors have the shape <c>{"Error":…,"Message":…}</c>.
/// </summary>
internal static class DataCollectorAnswer
{
    /// <summary>What became of a batch that was not taken.</summary>
    public static DeliveryResult Failure(HttpResponseMessage response, JsonAnswer answer, TimeProvider time)
    {
        TimeSpan? retryAfter = RetryAfter.Of(response, time);
        int status = (int)response.StatusCode;
        (FailureKind kind, string reason) = response.StatusCode == HttpStatusCode.BadRequest && Find(answer.String("Error")) is { } known
            ? (FailureKind.Misconfigured, known)
            : (HttpOutcome.Classify(response.StatusCode, retryAfter is not null) ?? FailureKind.Misconfigured, Describe(response));
        return DeliveryResult.Failed(kind, reason, retryAfter).WithResponse(status, answer.Text);
    }

    private static string Describe(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        >= 200 and <= 299 => $"HTTP {(int)response.StatusCode}, where the Data Collector API answers 200 without a body. Check endpoint: something else listens there",
        403 => "HTTP 403: the signature is not taken. Check workspace_id and shared_key, and this machine's clock",

        // The documentation says the same of a request that is too large; 30 MB are never reached here.
        404 => "HTTP 404: there is no Data Collector API here. Check workspace_id and endpoint; the API may have been switched off",
        _ => HttpOutcome.Describe(response),
    };

    /// <summary>The refusals of a request that no event is the cause of. InvalidDataFormat is not among them.</summary>
    private static string? Find(string? error) => error switch
    {
        "InactiveCustomer" => "HTTP 400, InactiveCustomer: the workspace is closed",
        "InvalidCustomerId" => "HTTP 400, InvalidCustomerId: there is no such workspace. Check workspace_id",
        "InvalidLogType" => "HTTP 400, InvalidLogType: Check log_type",
        "InvalidApiVersion" or "MissingApiVersion" => $"HTTP 400, {error}: the API of this version is gone",
        "MissingContentType" or "UnsupportedContentType" or "MissingLogType" =>
            $"HTTP 400, {error}: a header did not arrive as it was sent. Does a proxy on the way change it?",
        _ => null,
    };
}
