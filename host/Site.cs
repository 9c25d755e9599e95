using AuditHost.Configuration.Options;
using AuditHost.Configuration.Secrets;
using AuditHost.Dashboard;
using AuditHost.Delivery;
using AuditHost.Intake;
using AuditHost.Intake.Deduplication;
using AuditHost.Journal;
using AuditHost.Lanes;
using AuditHost.Lanes.Drops;
using AuditHost.Plugins;
using Microsoft.Extensions.Logging;

namespace AuditHost;

/// <summary>
/// A site that this process holds: the journal, the dead letters and a lane per enabled destination. Opened, it can be looked at and
/// repaired; started, it delivers.
/// </summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly OwnedResources _owned;
    private readonly DestinationFactory _factory;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Func<string, string> _redact;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborting = new();
    private readonly HashSet<Lane> _started = [];
    private Task[] _running = [];
    private bool _disposed;

    private Site(
        SiteOptions options,
        OwnedResources owned,
        EventJournal journal,
        IEventSink intake,
        DeadLetterStore deadLetters,
        DropLog drops,
        IReadOnlyList<Lane> lanes,
        DestinationFactory factory,
        Func<string, string> redact,
        TimeProvider time,
        ILogger logger)
    {
        Options = options;
        Journal = journal;
        Intake = intake;
        DeadLetters = deadLetters;
        Drops = drops;
        Lanes = lanes;
        _factory = factory;
        DeadLetters.Dropped += BookDroppedLetters;
        _owned = owned;
        _redact = redact;
        _time = time;
        _logger = logger;
    }

    public SiteOptions Options { get; }

    public EventJournal Journal { get; }

    /// <summary>Where sources put events: the journal, behind what keeps out those it has already.</summary>
    public IEventSink Intake { get; }

    public DeadLetterStore DeadLetters { get; }

    /// <summary>What was given up by a policy or at an operator's wish.</summary>
    public DropLog Drops { get; }

    public IReadOnlyList<Lane> Lanes { get; }

    public IReadOnlyList<IEventSource> Sources { get; set; } = [];

    /// <summary>When delivery began; <see langword="null"/> before.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>Takes the data directory and opens everything in it.</summary>
    /// <exception cref="DataDirectoryInUseException">Another host has it.</exception>
    public static async Task<Site> OpenAsync(
        SiteOptions options, IPluginCatalogue catalogue, Redactor redactor, TimeProvider time, ILoggerFactory loggers, HostMachine? machine = null)
    {
        machine ??= HostMachine.This;
        string data = options.Host.DataDirectory;
        ILogger logger = loggers.CreateLogger("audithost");
        var owned = new OwnedResources(logger);
        try
        {
            owned.Add(machine.Lock(data), "The lock of the data directory");
            EventJournal journal = owned.Add(
                EventJournal.Open(Path.Combine(data, "journal"), options.Host.Journal, time, machine.Storage, machine.CommitThread()), "The journal");
            TellDamage(journal.Damage, logger);
            DropLog drops = owned.Add(DropLog.Open(Path.Combine(data, "drops"), machine.Storage, time, logger), "The log of drops");
            if (options.Host.DeadLetters.OnFull == FullPolicy.DropOldest
                || options.Destinations.Any(destination => destination is { Enabled: true, OnFull: FullPolicy.DropOldest }))
                drops.Prepare();
            var bound = new DeadLetterBound(options.Host.DeadLetters, drops, time);
            DeadLetterStore deadLetters =
                owned.Add(DeadLetterStore.Open(Path.Combine(data, "dead-letters"), machine.Storage, time, bound), "The store of dead letters");
            TellDamage(deadLetters.Damage, logger);
            var factory = new DestinationFactory(options, catalogue, redactor, time, loggers, machine.Random, machine.Storage);
            List<Lane> lanes = [];
            foreach (DestinationOptions enabled in options.Destinations.Where(destination => destination.Enabled))
            {
                Destination? unserved = await factory.CreateAsync(enabled, journal.LogId);
                Lane? lane = null;

                // The one that the lane serves in the end: a plugin's new version brings another.
                owned.Add(() => (lane?.Destination ?? unserved!).DisposeAsync(), $"Destination {enabled.Name}");
                lane = owned.Add(
                    new Lane(unserved, journal, deadLetters, time, loggers.CreateLogger(enabled.Name), drops), $"The lane of {enabled.Name}");

                // The lane's from now on: to hold it here would keep the plugin's first version in memory.
                unserved = null;
                await lane.ReconcileAsync(deadLetters);
                lanes.Add(lane);
            }

            IEventSink intake = DeduplicatedIntake.Open(journal, options.Host, owned, machine.Storage, time, logger);
            return new Site(options, owned, journal, intake, deadLetters, drops, lanes, factory, redactor.Redact, time, logger);
        }
        catch
        {
            await owned.DisposeAsync();
            throw;
        }
    }

    public Lane? FindLane(string destination) => Lanes.FirstOrDefault(lane => lane.Destination.Options.Name == destination);

    /// <summary>Makes a lane's destination anew from what a catalogue provides now. Nothing serves it yet.</summary>
    public ValueTask<Destination> CreateAgainAsync(Lane lane, IPluginCatalogue plugins) =>
        _factory.CreateAgainAsync(lane.Destination, Journal.LogId, plugins);

    /// <summary>Removes the site's secrets from a text.</summary>
    public string Redact(string text) => _redact(text);

    /// <summary>Begins to deliver.</summary>
    public void Start()
    {
        StartedAt = _time.GetUtcNow();
        TellBacklogs();
        var probes = new ProbeLoop(Lanes, Options.Monitoring, _redact, _time, _logger);
        var stalls = new StallWatch(Lanes, _time, _logger);
        var templates = new TemplateWatch(TemplateWatch.In(Lanes), _time, _logger);
        _running = [.. Lanes.Select(RunAsync), probes.RunAsync(_stopping.Token), stalls.RunAsync(_stopping.Token), templates.RunAsync(_stopping.Token)];
    }

    /// <summary>Sees to it that a lane's connector can be sent to, beside its loop: opens it where no loop does.</summary>
    /// <returns>Why it cannot; <see langword="null"/> where it can.</returns>
    public async Task<string?> TryStartAsync(Lane lane, CancellationToken cancellationToken)
    {
        string name = lane.Destination.Options.Name;
        if (StartedAt is not null)
            return lane.Destination.Watch.Health == DestinationHealth.Starting
                ? $"Destination '{name}' has not started yet. {lane.Destination.Statistics.LastError}".TrimEnd()
                : null;
        if (_started.Contains(lane))
            return null;
        try
        {
            await lane.Destination.Connector.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return _redact($"Destination '{name}' could not be started: {OutcomeMap.FromException(exception, out _).Reason}");
        }

        _started.Add(lane);
        return null;
    }

    /// <summary>Waits until every lane has settled everything accepted so far, or could not for a whole round of attempts.</summary>
    /// <returns>Whether all are level.</returns>
    public async Task<bool> DrainAsync()
    {
        ulong end = Journal.NextSequence;
        bool[] level = await Task.WhenAll(Lanes.Select(lane => lane.WaitUntilLevelAsync(end)));
        return Array.TrueForAll(level, static one => one);
    }

    /// <summary>Ends delivery: batches under way may finish within the grace, everything else stays in the journal.</summary>
    public async Task StopAsync()
    {
        _stopping.Cancel();
        using var grace = new CancellationTokenSource(Options.Host.ShutdownGrace, _time);
        await using (grace.Token.Register(_aborting.Cancel))
            await Task.WhenAll(_running);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await StopAsync();
        await _owned.DisposeAsync();
        _stopping.Dispose();
        _aborting.Dispose();
    }

    private static void TellDamage(DamageLog damage, ILogger logger)
    {
        foreach (DamageReport report in damage.Reports)
            Tell(report);
        damage.Reported += Tell;

        void Tell(DamageReport report) => logger.LogError(
            "{File} is damaged at byte {Offset}: events {First} up to but not including {Next}. {Reason}", report.File, report.Offset, report.First, report.Next, report.Reason);
    }

    private void BookDroppedLetters(string destination, int count)
    {
        _logger.LogError("Dead letters of {Destination} dropped by host.dead_letters.on_full: drop_oldest: {Count}.", destination, count);
        FindLane(destination)?.Rebook(delivered: 0, dropped: (ulong)count);
    }

    private void TellBacklogs()
    {
        foreach (BacklogView backlog in BacklogList.Of(this))
        {
            // A crash came between the record that it was discarded and that: it is still there.
            Drops.Retract(new DropRetraction(backlog.Name, DropReason.Discarded, backlog.Position));
            if (backlog.State == BacklogView.Removed)
                _logger.LogWarning("No destination of the site serves {Backlog}. They keep their place in the journal; see audithost backlogs.", backlog);
        }
    }

    private async Task RunAsync(Lane lane)
    {
        // Each on its way at once: a connector that blocks must not hold up the start of the others.
        await Task.Yield();
        try
        {
            await lane.RunAsync(_stopping.Token, _aborting.Token);
        }
        catch (Exception exception)
        {
            // One lane's end must not be the others'. Its events stay in the journal, and its health shows that it stands still.
            _logger.LogCritical(exception, "Destination {Destination} stopped.", lane.Destination.Options.Name);
            lane.Break(exception);
        }
    }
}
