using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Journal;
using AuditHost.Journal.Quarantine;
using AuditHost.Journal.Storage;
using AuditHost.Lanes.Drops;
using AuditHost.Plugins;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Dashboard;

/// <summary>Looks at a data directory that no host serves. Takes no lock and changes nothing.</summary>
internal sealed class OfflineSite : ISiteControl
{
    private readonly SiteOptions _options;
    private readonly Func<DestinationOptions, IReadOnlyList<string>> _endpointsOf;
    private readonly JournalReader _journal;
    private readonly DeadLetterStore _deadLetters;
    private readonly DropLog _drops;

    /// <param name="options">The site.</param>
    /// <param name="endpointsOf">Where a destination leads.</param>
    public OfflineSite(SiteOptions options, Func<DestinationOptions, IReadOnlyList<string>> endpointsOf)
    {
        _options = options;
        _endpointsOf = endpointsOf;
        string data = options.Host.DataDirectory;
        _journal = EventJournal.OpenReadOnly(Path.Combine(data, "journal"));
        _deadLetters = DeadLetterStore.Open(Path.Combine(data, "dead-letters"), DiskStorage.Instance, TimeProvider.System, readOnly: true);
        _drops = DropLog.Open(Path.Combine(data, "drops"), DiskStorage.Instance, TimeProvider.System, NullLogger.Instance, readOnly: true);
    }

    public Task<SiteStatus> GetStatusAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, CursorState> cursors = _journal.Cursors.ToDictionary(cursor => cursor.Name, cursor => cursor.State);
        var journal = new JournalStatus(
            _journal.FirstSequence,
            _journal.NextSequence,
            _journal.BytesOnDisk,
            _journal.SegmentCount,
            Accepting: false,
            Problem: null,
            LastScrub: null);
        QuarantineSummary? letters = QuarantineSummary.Read(Path.Combine(_options.Host.DataDirectory, "dead-letters"), DiskStorage.Instance);
        journal = QuarantineStatus.AddTo(journal, _journal.Damage, _journal.Quarantine, _deadLetters.Damage.Reports, letters);
        DestinationStatus[] destinations =
            [.. _options.Destinations.Where(destination => destination.Enabled).Select(destination => Of(destination, cursors))];
        return Task.FromResult(new SiteStatus(false, StatusReport.HostVersion, null, _options.Revision, journal, [], destinations)
        {
            Drops = StatusReport.Of(_drops.Records),
            Backlogs = BacklogList.Of(_journal, _options, _deadLetters),
        });
    }

    public Task<IReadOnlyList<DeadLetterView>> ListDeadLettersAsync(DeadLetterQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DeadLetterView>>(
            [.. DeadLetterSelection.Select(_deadLetters, query).Select(letter => DeadLetterViews.Of(letter, withBytes: false))]);

    public Task<DeadLetterView?> GetDeadLetterAsync(ulong id, CancellationToken cancellationToken) =>
        Task.FromResult(_deadLetters.Find(id) is { } letter ? DeadLetterViews.Of(letter, withBytes: true) : null);

    public Task<ReplayReport> ReplayAsync(ReplayOrder order, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<DiscardReport> DiscardAsync(DeadLetterQuery query, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<IReadOnlyList<BacklogView>> ListBacklogsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(BacklogList.Of(_journal, _options, _deadLetters));

    public Task<AdoptReport> AdoptBacklogAsync(AdoptOrder order, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<BacklogDiscardReport> DiscardBacklogAsync(string name, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<IReadOnlyList<PluginDescription>> ListPluginsAsync(CancellationToken cancellationToken) => throw ReadOnly();

    public Task<IReadOnlyList<PluginReloadReport>> ReloadPluginsAsync(string? name, CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask DisposeAsync()
    {
        _journal.Dispose();
        _deadLetters.Dispose();
        _drops.Dispose();
        return default;
    }

    private DestinationStatus Of(DestinationOptions destination, Dictionary<string, CursorState> cursors)
    {
        // A destination that never ran begins at the head, one whose cursor is beyond reading at the oldest event.
        ulong position = !cursors.TryGetValue(destination.Name, out CursorState books) ? _journal.NextSequence
            : books.Position == 0 ? _journal.FirstSequence
            : books.Position;
        ulong buffered = _journal.NextSequence > position ? _journal.NextSequence - position : 0;
        return new DestinationStatus
        {
            Name = destination.Name,
            Section = destination.Section,
            Type = destination.Type,
            Endpoints = _endpointsOf(destination),
            Health = "stopped",
            Accepted = books.Position - books.Origin + buffered,
            Delivered = books.Delivered,
            Buffered = buffered,
            DeadLettered = books.DeadLettered,
            Filtered = books.Filtered,
            Dropped = books.Dropped,
            BacklogBytes = _journal.BytesFrom(position),
            Quota = destination.Quota,
            OnFull = StatusReport.NameOf(destination.OnFull.ToString()),
            Position = position,
        };
    }

    private static InvalidOperationException ReadOnly() => new("The site was opened for reading.");
}
