using System.Net;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Sentinel;

/// <summary>
/// Turns an answer of the Logs Ingestion API other than 204 into what became of the batch. Errors have the shape
/// <c>{"error":{"code":…,"message":…}}</c>; what comes from a gateway before it has none.
/// </summary>
internal static class LogsIngestionAnswer
{
    /// <summary>What became of a batch that was not taken.</summary>
    public static DeliveryResult Failure(HttpResponseMessage response, JsonAnswer answer, TimeProvider time)
    {
        TimeSpan? retryAfter = RetryAfter.Of(response, time);
        string? code = CodeOf(answer);
        FailureKind kind = response.StatusCode == HttpStatusCode.BadRequest && IsAboutTheAddress(code)
            ? FailureKind.Misconfigured
            : HttpOutcome.Classify(response.StatusCode, retryAfter is not null) ?? FailureKind.Misconfigured;
        return DeliveryResult.Failed(kind, Describe(response, answer, code), retryAfter).WithResponse((int)response.StatusCode, answer.Text);
    }

    private static string Describe(HttpResponseMessage response, JsonAnswer answer, string? code)
    {
        int status = (int)response.StatusCode;
        return status switch
        {
            >= 200 and <= 299 => $"HTTP {status}, where the Logs Ingestion API answers 204. Check endpoint: something else listens there",
            400 when IsAboutTheAddress(code) => $"HTTP 400, {code}: Check dcr_immutable_id and stream_name",
            401 => "HTTP 401: no token, or one for something else. Set authentication to type oauth2, with the scope https://monitor.azure.com/.default and the tenant's token endpoint",
            403 when answer.Text?.Contains("IsDcrDceBindingValid: False", StringComparison.OrdinalIgnoreCase) == true =>
                "HTTP 403: the data collection rule does not belong to this endpoint. Check endpoint",
            403 => "HTTP 403: the application may not send to the data collection rule. Give it the role Monitoring Metrics Publisher there; it takes up to 30 minutes to count",

            // Some gateways of Azure say so of a body that is too large, too; no body here is.
            404 => "HTTP 404: there is no such rule or stream at this endpoint. Check endpoint, dcr_immutable_id and stream_name",
            _ when code is not null => $"{HttpOutcome.Describe(response)}, {code}",
            _ => HttpOutcome.Describe(response),
        };
    }

    /// <summary>
    /// Whether a 400 speaks of the address and not of the events. The codes are not documented; one that names the stream, the rule or
    /// the version cannot be mended by leaving events out.
    /// </summary>
    private static bool IsAboutTheAddress(string? code) =>
        code is not null
        && (code.Contains("Stream", StringComparison.OrdinalIgnoreCase)
            || code.Contains("Dcr", StringComparison.OrdinalIgnoreCase)
            || code.Contains("DataCollection", StringComparison.OrdinalIgnoreCase)
            || code.Contains("ApiVersion", StringComparison.OrdinalIgnoreCase));

    /// <summary>The error's code where it looks like one; messages are anybody's text and stay in the answer.</summary>
    private static string? CodeOf(JsonAnswer answer) =>
        answer.Find("error")?.TextOrNull("code") is { Length: > 0 and <= 64 } text
        && text.All(char.IsAsciiLetterOrDigit)
            ? text
            : null;
}
