using System.Text;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Loki;

/// <summary>
/// Turns an answer to a push other than 204 into what became of the batch. Loki explains itself in plain text, whose words are in its
/// source (pkg/validation/validate.go, pkg/ingester/stream.go of Loki 3).
/// </summary>
internal static class PushAnswer
{
    private const int IngestionBlocked = 260;
    private const int ClientClosedRequest = 499;

    /// <summary>Reads an answer.</summary>
    public static async ValueTask<DeliveryResult> ReadAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        int status = (int)response.StatusCode;
        TimeSpan? retryAfter = RetryAfter.Of(response, time);
        string? text = await ResponseText.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        (FailureKind kind, string reason) = Explain(response, WithoutQuotations(text ?? string.Empty), retryAfter);
        return DeliveryResult.Failed(kind, reason, retryAfter).WithResponse(status, text);
    }

    private static (FailureKind Kind, string Reason) Explain(HttpResponseMessage response, string text, TimeSpan? retryAfter)
    {
        int status = (int)response.StatusCode;
        switch (status)
        {
            case IngestionBlocked:
                return (FailureKind.Misconfigured, "HTTP 260: ingestion is blocked for this tenant, and nothing was stored. Ask whoever runs Loki (block_ingestion_until)");
            case >= 200 and <= 299:
                return (FailureKind.Misconfigured, $"HTTP {status}, where Loki answers 204. Either something else listens at the endpoint, or ingestion is blocked with this status (block_ingestion_status_code); nothing was stored");
            case 400 when Refusal(text) is { } settings:
                return (FailureKind.Misconfigured, $"HTTP 400: {settings}");
            case 400:
                // Loki has stored the good lines and thrown away the bad ones, and does not say by index which they are. Nor are the others
                // safe: of a stream's failures only the last one decides the status. So the host sends the halves again; what is there already
                // is recognised by labels, time and line.
                return (FailureKind.Rejected, $"HTTP 400: {Reason(text)}");
            case 401:
                return (FailureKind.Misconfigured, "HTTP 401: no tenant, or credentials that are missing or wrong. Check tenant and authentication");
            case ClientClosedRequest:
                return (FailureKind.Transient, "HTTP 499: the push was given up on its way through Loki");

            // The limit of gRPC between Loki's parts; it does not go away by waiting.
            case 500 when Says(text, "larger than max"):
                return (FailureKind.TooLarge, "HTTP 500: the push is larger than Loki's parts send to each other. Lower batch_size, or raise grpc_server_max_recv_msg_size");
            case 429:
                return (FailureKind.Throttled, $"HTTP 429: {Pressure(text)}");
            default:
                return (HttpOutcome.Classify(response.StatusCode, retryAfter is not null) ?? FailureKind.Transient, HttpOutcome.Describe(response));
        }
    }

    /// <summary>Refusals that every event would meet, and what to do about them.</summary>
    private static string? Refusal(string text) => text switch
    {
        _ when Says(text, "structured metadata, but this feature is disallowed") => "this Loki takes no structured metadata. Set structured_metadata: [], or allow_structured_metadata in Loki",
        _ when Says(text, "missing required labels") => "this tenant wants further labels (enforced_labels). Add them to labels",
        _ when Says(text, "label names; limit") => "too many labels for this tenant. Take some from labels or label_fields",
        _ when Says(text, "label name too long") => "a label's name is too long for this tenant. Shorten it in labels",
        _ when Says(text, "label value too long") => "a label's value is too long for this tenant (max_label_value_length). Shorten it in labels, or take its field from label_fields",
        _ when Says(text, "duplicate label name") => "a label stands there twice. Check labels",
        _ when Says(text, "at least one label pair") => "a stream has no label. Add one to labels",
        _ when Says(text, "no org id") || Says(text, "tenant ID") => "the tenant is missing or wrong. Check tenant",
        _ => null,
    };

    private static string Reason(string text) => text switch
    {
        _ when Says(text, "too far behind") || Says(text, "out of order") => "a line is too far behind the newest of its stream. timestamp: received avoids it",
        _ when Says(text, "timestamp too old") => "a line is older than Loki takes (reject_old_samples_max_age)",
        _ when Says(text, "timestamp too new") => "a line lies in the future by more than Loki takes (creation_grace_period)",
        _ when Says(text, "Max entry size") => "a line is longer than Loki takes. Set max_line_bytes to its max_line_size",
        _ => "Loki refuses a line; its answer says why",
    };

    private static string Pressure(string text) => text switch
    {
        _ when Says(text, "Maximum active stream limit") => "the tenant has as many streams as it may. Take fields from label_fields, or raise max_global_streams_per_user",
        _ when Says(text, "Per stream rate limit") => "a stream gets more than it may (per_stream_rate_limit)",
        _ => "the tenant sends more than it may (ingestion_rate_mb)",
    };

    /// <summary>
    /// The text without what stands in double quotes: Loki quotes a stream's labels so, and they have words of events in them, which must not
    /// decide what an answer means.
    /// </summary>
    private static string WithoutQuotations(string text)
    {
        var own = new StringBuilder(text.Length);
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
                isQuoted = !isQuoted;
            else if (isQuoted && text[i] == '\\')
                i++;
            else if (!isQuoted)
                own.Append(text[i]);
        }

        return own.ToString();
    }

    private static bool Says(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
}
