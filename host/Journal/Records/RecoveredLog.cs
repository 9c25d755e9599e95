namespace AuditHost.Journal.Records;

/// <summary>What a log's folder holds.</summary>
/// <param name="LogId">The log's name.</param>
/// <param name="Segments">In order.</param>
/// <param name="NextSequence">What the next event gets.</param>
/// <param name="NextSegmentId">What the next segment gets.</param>
/// <param name="TailIsClean">Whether the last segment can be written on.</param>
internal sealed record RecoveredLog(Guid LogId, Segment[] Segments, ulong NextSequence, ulong NextSegmentId, bool TailIsClean);
