using System.Text;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>Reads an answer that is about the request as a whole: nothing of it was looked at.</summary>
internal static class BulkRefusal
{
    public static async ValueTask<DeliveryResult> ReadAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        int status = (int)response.StatusCode;
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, ResponseText.MaxReadBytes, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
            return DeliveryResult.Failed(FailureKind.Transient, $"HTTP {status} is no answer to _bulk. Is this Elasticsearch?").WithResponse(status, answer.Text);
        TimeSpan? retryAfter = RetryAfter.Of(response, time);
        ElasticError? error = ElasticError.In(answer.Root);
        FailureKind kind = status switch
        {
            400 => IsTheEvents(error) ? FailureKind.Rejected : FailureKind.Misconfigured,
            403 when error?.Type == "cluster_block_exception" => FailureKind.Transient,
            _ => HttpOutcome.Classify(response.StatusCode, retryAfter is not null) ?? FailureKind.Transient,
        };
        return DeliveryResult.Failed(kind, Describe(response, error), retryAfter).WithResponse(status, answer.Text);
    }

    /// <summary>
    /// Documents are read one by one, and a bad one has an item of its own. A request that is not read at all is one with a line that Elasticsearch
    /// cannot take for an action; otherwise path, parameters and server do not fit together, which no event is to blame for.
    /// </summary>
    private static bool IsTheEvents(ElasticError? error) => error is not null && (error.Type switch
    {
        "parse_exception" or "x_content_parse_exception" or "json_parse_exception" or "action_request_validation_exception" => true,
        "illegal_argument_exception" => error.Reason.StartsWith("Malformed action/metadata line", StringComparison.Ordinal)
            || error.Reason.StartsWith("Action/metadata line", StringComparison.Ordinal),
        _ => false,
    });

    private static string Describe(HttpResponseMessage response, ElasticError? error)
    {
        int status = (int)response.StatusCode;
        string reason = status is 400 or 403 or 404 && error is not null ? BulkOutcome.Describe(status, Encoding.UTF8.GetBytes(error.Type)) : HttpOutcome.Describe(response);
        if (status == 400)
            return $"{reason}. Check endpoint, pipeline and include_source_on_error against what the server answered";
        return status is 404 or 405 ? $"{reason}. Where the receiver knows no path but /_bulk, set bare_bulk: true" : reason;
    }
}
