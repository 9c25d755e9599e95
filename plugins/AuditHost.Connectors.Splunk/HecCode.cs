using AuditHost.Sdk;

namespace AuditHost.Connectors.Splunk;

/// <summary>
/// What a code of the HTTP Event Collector means for a delivery ("Troubleshoot HTTP Event Collector" and "Possible error codes" of the
/// Splunk manual). Codes 24 and 25 come with 200: the data are taken, and must not be sent again.
/// </summary>
internal static class HecCode
{
    public const int Success = 0;
    public const int Healthy = 17;
    public const int NearCapacity = 24;
    public const int AcknowledgementsNearCapacity = 25;
    public const int AcknowledgementDisabled = 14;

    /// <summary>The kind of failure and what to do about it; <see langword="null"/> where the code alone says nothing.</summary>
    public static (FailureKind Kind, string Text)? Find(int code) => code switch
    {
        1 => (FailureKind.Misconfigured, "the token is disabled. Enable it in Splunk"),
        2 => (FailureKind.Misconfigured, "no token arrived. Does a proxy on the way drop the Authorization header?"),
        3 => (FailureKind.Misconfigured, "the Authorization header did not arrive as it was sent. Does a proxy on the way change it?"),
        4 => (FailureKind.Misconfigured, "the token is not known. Check hec_token"),
        5 => (FailureKind.Rejected, "no data"),
        6 => (FailureKind.Rejected, "invalid data format"),
        7 => (FailureKind.Misconfigured, "the token does not allow this index. Check index, and the token's allowed indexes"),
        8 => (FailureKind.Transient, "internal server error"),
        9 => (FailureKind.Throttled, "the server is busy"),
        10 => (FailureKind.Misconfigured, "the token wants indexer acknowledgement. Set acknowledgement: true, or switch it off for the token"),
        11 => (FailureKind.Misconfigured, "the channel is refused"),
        12 => (FailureKind.Rejected, "the event field is missing"),
        13 => (FailureKind.Rejected, "the event field is blank"),
        AcknowledgementDisabled => (FailureKind.Misconfigured, "indexer acknowledgement is off for this token. Switch it on there, or set acknowledgement: false"),
        15 => (FailureKind.Rejected, "an indexed field is not flat"),
        16 => (FailureKind.Misconfigured, "authorization in the query is off"),
        18 => (FailureKind.Throttled, "the queues are full"),
        19 => (FailureKind.Throttled, "the acknowledgement service is unavailable"),
        20 => (FailureKind.Throttled, "the queues are full and the acknowledgement service is unavailable"),
        21 => (FailureKind.Misconfigured, "the token is not known. Check hec_token"),
        22 => (FailureKind.Misconfigured, "the token is disabled. Enable it in Splunk"),
        23 => (FailureKind.Transient, "the server is shutting down"),
        26 => (FailureKind.Throttled, "the queue is at capacity"),
        27 => (FailureKind.Throttled, "the acknowledgement channel is at capacity"),
        _ => null,
    };
}
