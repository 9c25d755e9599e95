using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Intake;
using AuditHost.Journal;
using AuditHost.Journal.Storage;
using AuditHost.Lanes;
using AuditHost.Plugins;
using Microsoft.Extensions.Logging;

namespace AuditHost;

/// <summary>
/// A site that this process holds: the journal, the dead letters and a lane per enabled destination. Opened, it can be looked at and
/// repaired; started, it delivers.
/// </summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly DataDirectoryLock _lock;
    private readonly DestinationFactory _factory;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Func<string, string> _redact;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborting = new();
    private readonly HashSet<Lane> _started = [];
    private Task[] _running = [];

    private Site(
        SiteOptions options,
        DataDirectoryLock held,
        EventJournal journal,
        DeadLetterStore deadLetters,
        DestinationFactory factory,
        Func<string, string> redact,
        TimeProvider time,
        ILogger logger)
    {
        _redact = redact;
        Options = options;
        Journal = journal;
        DeadLetters = deadLetters;
        _lock = held;
        _factory = factory;
        _time = time;
        _logger = logger;
    }

    public SiteOptions Options { get; }

    public EventJournal Journal { get; }

    public DeadLetterStore DeadLetters { get; }

    public IReadOnlyList<Lane> Lanes { get; private set; } = [];

    public IReadOnlyList<IEventSource> Sources { get; set; } = [];

    /// <summary>When delivery began; <see langword="null"/> before.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>Takes the data directory and opens everything in it.</summary>
    /// <exception cref="DataDirectoryInUseException">Another host has it.</exception>
    public static Site Open(SiteOptions options, IPluginCatalogue catalogue, Func<string, string> redact, TimeProvider time, ILoggerFactory loggers)
    {
        string data = options.Host.DataDirectory;
        var undo = new Stack<IDisposable>();
        try
        {
            DataDirectoryLock held = DataDirectoryLock.Acquire(data);
            undo.Push(held);
            var journal = EventJournal.Open(Path.Combine(data, "journal"), options.Host.Journal, time);
            undo.Push(new DisposeSoon(journal));
            var deadLetters = DeadLetterStore.Open(Path.Combine(data, "dead-letters"), DiskStorage.Instance, time);
            undo.Push(deadLetters);
            var factory = new DestinationFactory(options, catalogue, redact, time, loggers);
            undo.Push(factory);
            var site = new Site(options, held, journal, deadLetters, factory, redact, time, loggers.CreateLogger("audithost"));
            site.Lanes =
            [
                .. options.Destinations.Where(destination => destination.Enabled).Select(destination => new Lane(
                    factory.Create(destination, journal.LogId), journal, deadLetters, time, loggers.CreateLogger(destination.Name))),
            ];
            return site;
        }
        catch
        {
            while (undo.TryPop(out IDisposable? opened))
                opened.Dispose();
            throw;
        }
    }

    public Lane? FindLane(string destination) => Lanes.FirstOrDefault(lane => lane.Destination.Options.Name == destination);

    /// <summary>Begins to deliver.</summary>
    public void Start()
    {
        StartedAt = _time.GetUtcNow();
        var probes = new ProbeLoop(Lanes, Options.Monitoring, _redact, _time, _logger);
        _running = [.. Lanes.Select(lane => Task.Run(() => RunAsync(lane))), probes.RunAsync(_stopping.Token)];
    }

    /// <summary>Opens a lane's connector where no loop does, for orders carried out on a stopped site.</summary>
    public async Task EnsureStartedAsync(Lane lane, CancellationToken cancellationToken)
    {
        if (StartedAt is not null || _started.Contains(lane))
            return;
        await lane.Destination.Connector.StartAsync(cancellationToken).ConfigureAwait(false);
        _started.Add(lane);
    }

    /// <summary>Waits until every lane has settled everything accepted so far, or could not for a whole round of attempts.</summary>
    /// <returns>Whether all are level.</returns>
    public async Task<bool> DrainAsync()
    {
        ulong end = Journal.NextSequence;
        bool[] level = await Task.WhenAll(Lanes.Select(lane => lane.WaitUntilLevelAsync(end))).ConfigureAwait(false);
        return Array.TrueForAll(level, static one => one);
    }

    /// <summary>Ends delivery: batches under way may finish within the grace, everything else stays in the journal.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        using var grace = new CancellationTokenSource(Options.Host.ShutdownGrace, _time);
        await using (grace.Token.Register(_aborting.Cancel).ConfigureAwait(false))
            await Task.WhenAll(_running).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        foreach (Lane lane in Lanes)
            await CloseAsync(lane).ConfigureAwait(false);
        DeadLetters.Dispose();
        await Journal.DisposeAsync().ConfigureAwait(false);
        _factory.Dispose();
        _lock.Dispose();
        _stopping.Dispose();
        _aborting.Dispose();
    }

    private async Task CloseAsync(Lane lane)
    {
        try
        {
            await lane.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The journal behind it must still be closed and the directory given back.
            _logger.LogError(exception, "Destination {Destination} could not be closed.", lane.Destination.Options.Name);
        }
    }

    private async Task RunAsync(Lane lane)
    {
        try
        {
            await lane.RunAsync(_stopping.Token, _aborting.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // One lane's end must not be the others'. Its events stay in the journal, and its health shows that it stands still.
            _logger.LogCritical(exception, "Destination {Destination} stopped.", lane.Destination.Options.Name);
            lane.Break(exception);
        }
    }

    /// <summary>Lets a failed opening close what closes asynchronously.</summary>
    private sealed class DisposeSoon(IAsyncDisposable inner) : IDisposable
    {
        public void Dispose() => _ = inner.DisposeAsync().AsTask();
    }
}
