using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.CloudWatch;

/// <summary>
/// What a failed call means. Most errors are HTTP 400 and only their name tells them apart, throttling among them. Source: CloudWatch Logs
/// API Reference, "Common Error Types" and the errors of each action; the retry behaviour of the AWS SDKs for the names of throttling.
/// </summary>
internal static class LogsFailure
{
    /// <summary>AWS takes a signature within five minutes of its own time; a little less already names the clock as the likely cause.</summary>
    private static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(4);

    private static readonly FrozenDictionary<string, (FailureKind Kind, string Remedy)> Known = Table().ToFrozenDictionary();

    /// <summary>Errors after which the clock is looked at.</summary>
    private static readonly FrozenSet<string> OfTime =
        FrozenSet.Create("InvalidSignatureException", "SignatureDoesNotMatch", "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture");

    /// <summary>Errors of keys that are too old; newer ones may be had.</summary>
    private static readonly FrozenSet<string> OfKeys =
        FrozenSet.Create("ExpiredTokenException", "ExpiredToken", "UnrecognizedClientException", "InvalidClientTokenId", "InvalidAccessKeyId");

    /// <summary>Whether newer credentials may help.</summary>
    public static bool IsOfKeys(LogsAnswer answer) => answer.Code is { } code && OfKeys.Contains(code);

    /// <summary>Whether the group or the stream is missing.</summary>
    public static bool IsMissing(LogsAnswer answer) => answer.Code == "ResourceNotFoundException";

    /// <summary>Whether the group or the stream is there already.</summary>
    public static bool IsThere(LogsAnswer answer) => answer.Code == "ResourceAlreadyExistsException";

    /// <summary>The failure that an answer stands for.</summary>
    public static DeliveryResult Of(LogsAnswer answer)
    {
        (FailureKind kind, string reason) = Classify(answer);
        return DeliveryResult.Failed(kind, reason, answer.RetryAfter).WithResponse(answer.Status, answer.Text).WithAcknowledgement(answer.RequestId);
    }

    /// <summary>The kind and the reason, which never quotes the answer.</summary>
    public static (FailureKind Kind, string Reason) Classify(LogsAnswer answer)
    {
        if (answer.Status is >= 200 and <= 299)
            return (FailureKind.Misconfigured, $"HTTP {answer.Status} without what CloudWatch Logs answers. Check the endpoint: something else listens there");
        if (answer.Code is not { } code)
            return (HttpOutcome.Classify((HttpStatusCode)answer.Status, answer.RetryAfter is not null) ?? FailureKind.Transient, answer.StatusText);
        if (OfTime.Contains(code) && answer.Skew is { } skew && skew.Duration() > MaxSkew)
            return (FailureKind.Misconfigured, $"{code}: this machine's clock is {Describe(skew)} of AWS's. Set it, for instance by NTP");
        if (IsOfEvents(code))
            return OfEvents(code, answer.Message ?? string.Empty);
        if (Known.TryGetValue(code, out (FailureKind Kind, string Remedy) known))
            return (known.Kind, known.Remedy.Length == 0 ? code : $"{code}: {known.Remedy}");

        // Of the errors that AWS documents all that concern the events are known, so that a new one is not a reason to let them die.
        return (FailureKind.Transient, $"HTTP {answer.Status} with an error that this version does not know");
    }

    private static bool IsOfEvents(string code) =>
        code is "InvalidParameterException" or "ValidationException" or "ValidationError" or "InvalidParameterValue" or "InvalidParameterCombination";

    private static (FailureKind Kind, string Reason) OfEvents(string code, string message)
    {
        if (message.Contains("logGroupName", StringComparison.OrdinalIgnoreCase) || message.Contains("logStreamName", StringComparison.OrdinalIgnoreCase))
            return (FailureKind.Misconfigured, $"{code}: AWS does not take the name of the group or stream. Check log_group and log_stream");
        return message.Contains("too large", StringComparison.OrdinalIgnoreCase)
            ? (FailureKind.TooLarge, $"{code}: larger than this region takes. If single events are refused so, lower max_event_bytes")
            : (FailureKind.Rejected, $"{code}: AWS does not take these events");
    }

    private static string Describe(TimeSpan skew) => string.Create(
        CultureInfo.InvariantCulture, $"{skew.Duration():d\\.hh\\:mm\\:ss} (days.hours:minutes:seconds) {(skew > TimeSpan.Zero ? "ahead" : "behind")}");

    private static Dictionary<string, (FailureKind Kind, string Remedy)> Table()
    {
        var table = new Dictionary<string, (FailureKind, string)>();
        Add(
            FailureKind.Throttled,
            string.Empty,
            "ThrottlingException", "ThrottledException", "Throttling", "RequestThrottled", "RequestThrottledException", "TooManyRequestsException",
            "RequestLimitExceeded", "BandwidthLimitExceeded", "ProvisionedThroughputExceededException", "SlowDown", "PriorRequestNotComplete",
            "TransactionInProgressException", "EC2ThrottledException");
        Add(
            FailureKind.Transient,
            string.Empty,
            "ServiceUnavailableException", "ServiceUnavailable", "InternalFailure", "InternalServerError", "InternalServerException",
            "InternalError", "RequestTimeout", "RequestTimeoutException", "OperationAbortedException", "RequestAbortedException");
        Add(
            FailureKind.Misconfigured,
            "the credentials do not permit this. Give the role logs:PutLogEvents on the log group, and what else is to be created",
            "AccessDeniedException", "AccessDenied", "UnauthorizedOperation", "NotAuthorized", "OptInRequired");
        Add(
            FailureKind.Misconfigured,
            "AWS does not know these credentials. Check the access key, and that region and partition are the account's",
            "UnrecognizedClientException", "InvalidClientTokenId", "InvalidAccessKeyId", "MissingAuthenticationToken",
            "MissingAuthenticationTokenException", "AuthFailure");
        Add(
            FailureKind.Misconfigured,
            "the session token has expired, and there is no newer one. Renew it, or use a role",
            "ExpiredTokenException", "ExpiredToken");
        Add(
            FailureKind.Misconfigured,
            "the signature is not right. Check the secret access key and the region; a proxy that changes requests breaks it too",
            "InvalidSignatureException", "SignatureDoesNotMatch", "IncompleteSignature", "IncompleteSignatureException", "RequestInTheFuture");
        Add(
            FailureKind.Misconfigured,
            "AWS finds the request's time too far from its own. Check the clock of this machine",
            "RequestTimeTooSkewed");

        // Without a skew the clock is right, and the request was too long under way.
        Add(FailureKind.Transient, "the signature was too old when the request arrived", "RequestExpired");
        Add(FailureKind.Misconfigured, "the log group or stream does not exist", "ResourceNotFoundException");
        Add(FailureKind.Misconfigured, "the log group does not take events of programs, or not in this class", "InvalidOperationException");
        Add(FailureKind.Misconfigured, "a quota of the account is used up. Have it raised, or remove what is not needed", "LimitExceededException");
        Add(
            FailureKind.Misconfigured,
            "what answers wants the sequence tokens that AWS gave up in 2023. Check the endpoint",
            "InvalidSequenceTokenException");
        Add(
            FailureKind.Misconfigured,
            "what answers does not know this action. Check the endpoint",
            "UnknownOperationException", "InvalidAction", "MalformedHttpRequestException", "UnknownError");
        Add(FailureKind.Rejected, "AWS cannot read these events", "SerializationException");
        Add(FailureKind.TooLarge, "larger than one call takes", "RequestEntityTooLargeException", "RequestEntityTooLarge");
        return table;

        void Add(FailureKind kind, string remedy, params ReadOnlySpan<string> codes)
        {
            foreach (string code in codes)
                table.Add(code, (kind, remedy));
        }
    }
}
