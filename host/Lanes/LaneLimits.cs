using AuditHost.Configuration.Options;
using AuditHost.Sdk;

namespace AuditHost.Lanes;

/// <summary>When a lane's batch is full: the site's wishes, inside the connector's limits.</summary>
internal sealed record LaneLimits(int MaxEvents, int MaxBytes, TimeSpan Linger, int MaxInFlight)
{
    /// <summary>
    /// The most journal memory one batch keeps in use. Where few events pass the filters a batch would otherwise pin a block for each.
    /// </summary>
    public const long MaxHeldBytes = 8 << 20;

    /// <summary>
    /// What the batches under way take at most, all destinations together, unless a site asks for more of them: each is a copy in memory.
    /// </summary>
    public const long UsualBytesUnderWay = 48 << 20;

    /// <summary>After so many events in a row the lane writes its cursor, even if none of them was for it.</summary>
    public const int MaxScan = 16_384;

    /// <summary>The most events that can be rendered or on their way at a time: those in flight and the batch that is being filled.</summary>
    public int Window => (MaxInFlight + 1) * MaxEvents;

    /// <param name="options">The site's wishes.</param>
    /// <param name="info">The connector's limits.</param>
    /// <param name="destinations">How many share what the whole host may have under way, so that those that hang leave the others theirs.</param>
    /// <param name="maxDeliveries">How many deliveries that is.</param>
    public static LaneLimits Of(DestinationOptions options, ConnectorInfo info, int destinations, int maxDeliveries)
    {
        int allowed = Math.Clamp(maxDeliveries / Math.Max(1, destinations), 1, info.MaxConcurrency);
        long fitting = UsualBytesUnderWay / Math.Max(1, destinations) / info.MaxBatchBytes;
        int concurrency = options.Ordered || options.Alert is not null ? 1 : Math.Min(options.MaxInFlight ?? Math.Max(1, (int)Math.Min(fitting, allowed)), allowed);
        return new LaneLimits(
            Math.Min(options.Batch.MaxEvents ?? info.MaxBatchEvents, info.MaxBatchEvents),
            info.MaxBatchBytes,
            options.Batch.Timeout,
            Math.Max(1, concurrency));
    }
}
