namespace AuditHost.Connectors.CloudWatch;

/// <summary>What one call of PutLogEvents takes. Source: CloudWatch Logs API Reference, PutLogEvents and InputLogEvent.</summary>
internal static class CloudWatchLimits
{
    /// <summary>The most events.</summary>
    public const int MaxEvents = 10_000;

    /// <summary>The most bytes: each message in UTF-8, and <see cref="EventOverheadBytes"/> for each.</summary>
    public const int MaxBatchBytes = 1_048_576;

    /// <summary>What each event counts beyond its message.</summary>
    public const int EventOverheadBytes = 26;

    /// <summary>
    /// The longest time between the first event and the last, in milliseconds. The present reference no longer names it, older ones and
    /// that of the Chinese regions do.
    /// </summary>
    public const long MaxSpanMilliseconds = 24 * 60 * 60 * 1000;
}
