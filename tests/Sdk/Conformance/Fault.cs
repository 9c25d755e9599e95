namespace AuditHost.Sdk.Conformance;

/// <summary>What is wrong with a connector, one thing at a time.</summary>
public enum Fault
{
    None,
    HasBadTypeName,
    TakesUnknownKeys,
    ConnectsInCreate,
    ClaimsDeliveryBeforehand,
    KeepsMemory,
    SwapsOutcomes,
    SendsOneAtATime,
    ChangesOnRetry,
    Retries,
    SwallowsCancellation,
    IgnoresToken,
    IgnoresPartialFailures,
    PassesOnBadIndexes,
    DropsRetryAfter,
    TakesRefusalForTransient,
    TakesBadCredentialsForRefusal,
    ThrowsOnGarbage,
    ReadsEndlessAnswers,
    FollowsRedirects,
    QuotesAnswers,
    LogsSecret,
    ProbesWithAnEvent,
    ThrowsFromSecondDispose,
    ThrowsWithoutStart,
    LeaksHostTimer,
    LeaksTimer,
}
