using AuditHost.Sdk;

namespace AuditHost.Connectors.GraphQL;

/// <summary>
/// What the codes of errors mean. The specification has none; these are those of Apollo Server, whose list others have taken over, and the
/// usual ones for limits and rights.
/// </summary>
/// <param name="further">Those of the site, which win.</param>
internal sealed class ErrorCodes(IReadOnlyDictionary<string, ErrorMeaning> further)
{
    private const string Others = "*";

    /// <summary>What a code means; <see langword="null"/> where nobody knows.</summary>
    public ErrorMeaning? Find(string? code)
    {
        if (code is not null && (further.TryGetValue(code, out ErrorMeaning meaning) || TryFindUsual(code.ToUpperInvariant(), out meaning)))
            return meaning;
        return further.TryGetValue(Others, out meaning) ? meaning : null;
    }

    /// <summary>Whether a code says that the sender lacks a right.</summary>
    public static bool IsAboutRights(string? code) =>
        code?.ToUpperInvariant() is "UNAUTHENTICATED" or "UNAUTHORIZED" or "FORBIDDEN" or "ACCESS_DENIED" or "PERMISSION_DENIED";

    /// <summary>The failure that a meaning is; 0 for none.</summary>
    public static FailureKind KindOf(ErrorMeaning meaning) => meaning switch
    {
        ErrorMeaning.Delivered => 0,
        ErrorMeaning.Throttled => FailureKind.Throttled,
        ErrorMeaning.Rejected => FailureKind.Rejected,
        ErrorMeaning.TooLarge => FailureKind.TooLarge,
        ErrorMeaning.Misconfigured => FailureKind.Misconfigured,
        _ => FailureKind.Transient,
    };

    private static bool TryFindUsual(string code, out ErrorMeaning meaning)
    {
        ErrorMeaning? found = code switch
        {
            _ when IsAboutRights(code) => ErrorMeaning.Misconfigured,

            // The mutation is a setting: what is wrong with it is wrong with every event.
            "GRAPHQL_PARSE_FAILED" or "GRAPHQL_VALIDATION_FAILED" or "OPERATION_RESOLUTION_FAILURE" or "BAD_REQUEST" => ErrorMeaning.Misconfigured,
            "PERSISTED_QUERY_NOT_FOUND" or "PERSISTED_QUERY_NOT_SUPPORTED" => ErrorMeaning.Misconfigured,
            "BAD_USER_INPUT" => ErrorMeaning.Rejected,
            "PAYLOAD_TOO_LARGE" or "REQUEST_TOO_LARGE" => ErrorMeaning.TooLarge,
            "TOO_MANY_REQUESTS" or "RATE_LIMITED" or "RATE_LIMIT_EXCEEDED" or "RATELIMITED" or "THROTTLED" => ErrorMeaning.Throttled,
            "INTERNAL_SERVER_ERROR" or "INTERNAL" or "SERVICE_UNAVAILABLE" or "UNAVAILABLE" or "TIMEOUT" => ErrorMeaning.Transient,
            _ => null,
        };
        meaning = found ?? default;
        return found is not null;
    }
}
