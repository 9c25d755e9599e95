using System.Text.Json;
using AuditHost.Journal;
using AuditHost.Lanes;
using AuditHost.Lanes.Drops;

namespace AuditHost.Dashboard;

/// <summary>Puts the status of a site together.</summary>
internal static class StatusReport
{
    private const int LatestDrops = 100;

    public static string HostVersion { get; } = typeof(StatusReport).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    public static SiteStatus Of(Site site) => new(
        site.StartedAt is not null,
        HostVersion,
        site.StartedAt,
        site.Options.Revision,
        QuarantineStatus.AddTo(
            Of(site.Journal), site.Journal.Damage.Reports, site.Journal.Quarantine, site.DeadLetters.Damage.Reports, site.DeadLetters.Quarantine),
        [.. site.Sources.Select(source => new SourceStatus(source.Name, source.Counters.Accepted, source.Counters.Duplicates, source.Counters.Bytes, source.Counters.Rejected, source.Counters.Refused))],
        [.. site.Lanes.Select(lane => Of(site, lane))])
    {
        Drops = Of(site.Drops.Records),
        DropsUnwritten = site.Drops.Unwritten,
        Backlogs = BacklogList.Of(site),
    };

    /// <summary>The latest; all of them are in the log.</summary>
    public static IReadOnlyList<DropView> Of(IReadOnlyList<DropRecord> drops) =>
    [
        .. drops.TakeLast(LatestDrops)
            .Select(drop => new DropView(drop.Destination, NameOf(drop.Reason.ToString()), drop.First, drop.End - 1, drop.Events, drop.Bytes, drop.At)),
    ];

    public static string NameOf(string value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value);

    private static JournalStatus Of(EventJournal journal) => new(
        journal.FirstSequence,
        journal.NextSequence,
        journal.BytesOnDisk,
        journal.SegmentCount,
        journal is { IsFull: false, Failure: null },
        journal.Failure,
        journal.LastScrub);

    private static DestinationStatus Of(Site site, Lane lane)
    {
        Destination destination = lane.Destination;
        LaneStatistics statistics = destination.Statistics;
        LaneBooks books = LaneBooks.Of(lane);
        return new DestinationStatus
        {
            Name = destination.Options.Name,
            Section = destination.Options.Section,
            Type = destination.Options.Type,
            Endpoints = destination.Endpoints,
            Health = site.StartedAt is not null ? NameOf(destination.Watch.Health.ToString()) : "stopped",
            Stalled = site.StartedAt is not null && lane.Progress.IsStalled,
            OldestUndeliveredAge = lane.Progress.OldestAge is { } age ? Math.Round(age.TotalSeconds, 3) : null,
            Breaker = destination.Chain.Breaker is { } breaker ? NameOf(breaker.State.ToString()) : null,
            ConcurrencyLimit = site.StartedAt is not null ? destination.Chain.Concurrency.Current : null,
            Accepted = books.Accepted,
            Delivered = books.State.Delivered,
            Buffered = books.Buffered,
            DeadLettered = books.State.DeadLettered,
            Filtered = books.State.Filtered,
            Dropped = books.State.Dropped,
            BacklogBytes = lane.BacklogBytes,
            Quota = destination.Options.Quota,
            OnFull = NameOf(destination.Options.OnFull.ToString()),
            Position = books.State.Position,
            Sent = statistics.DeliveredEvents,
            Failed = statistics.FailedAttempts,
            Replayed = statistics.Replayed,
            ReplaySeen = statistics.ReplaySeen,
            Bytes = statistics.DeliveredBytes,
            MeanDeliveryMilliseconds = Math.Round(statistics.MeanSendTime.TotalMilliseconds, 3),
            LastSuccess = statistics.LastSuccess,
            LastError = statistics.LastError,
            LastErrorAt = statistics.LastErrorAt,
            LastProbe = statistics.LastProbe,
            ProbeProblem = statistics.ProbeProblem,
            TemplateProblem = destination.TemplateProblem is { } problem ? destination.Redact(problem) : null,
            ProcessRestarts = site.StartedAt is not null ? destination.Process?.Restarts : null,
            ProcessBytes = site.StartedAt is not null ? destination.Process?.ResidentBytes : null,
        };
    }
}
