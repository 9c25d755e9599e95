using System.Collections.Concurrent;
using AuditHost.Configuration;
using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Journal;
using AuditHost.Lanes;
using AuditHost.Lanes.Alerts;
using AuditHost.Lanes.Drops;
using AuditHost.Lanes.Filters;
using AuditHost.Lanes.Poison;
using AuditHost.Sdk;
using AuditHost.Telemetry;
using AuditHost.Tests.Delivery;
using AuditHost.Tests.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Tests.Lanes;

/// <summary>A real lane over a real journal, to a connector of the test's own and under its clock.</summary>
internal sealed class LaneFixture : IAsyncDisposable
{
    private readonly DeliveryPlaces _places = new(100);
    private readonly ConnectorInfo _info;
    private readonly AlertBook _alerts;
    private readonly LaneStatistics _statistics;
    private readonly BatchRenderer _renderer;
    private readonly DeliveryWatch _watch;
    private readonly PoisonGuard _guard;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborting = new();
    private Task _running = Task.CompletedTask;

    public LaneFixture(
        EventJournal journal, IConnector connector, string name = "d", int inFlight = 1, int batch = 500, IDeadLetterSink? deadLetters = null,
        Func<DestinationOptions, DestinationOptions>? configure = null, int maxBytes = 1 << 20, DropLog? drops = null, string? alerts = null, params FilterOptions[] filters)
    {
        _alerts = new AlertBook(alerts, NullLogger.Instance);
        DestinationOptions options = new()
        {
            Name = name, Section = "siem", Type = "scripted", Enabled = true, Location = new SourceLocation("site.yaml", 1, 1),
            Breaker = new BreakerOptions { Enabled = false }, Batch = new BatchOptions { MaxEvents = batch }, Filters = filters,
        };
        options = configure?.Invoke(options) ?? options;
        _info = new ConnectorInfo("scripted", "For tests.") { MaxConcurrency = inFlight, MaxBatchBytes = maxBytes };
        _statistics = new LaneStatistics();
        _renderer = new BatchRenderer(name, journal.LogId, BatchContent.Body, Framing.Newline, new IdFormatter(), null);
        _watch = new DeliveryWatch(_statistics, new DeliveryHistograms(name, false), text => text, Time, NullLogger.Instance);
        _guard = new PoisonGuard(null, new PoisonTurns(Time), Time, NullLogger.Instance);
        Lane = new Lane(DestinationOf(options, connector), journal, deadLetters ?? Letters, Time, NullLogger.Instance, drops);
    }

    public ManualTimeProvider Time { get; } = new();

    public Lane Lane { get; }

    public LetterBox Letters { get; } = new();

    /// <summary>The same destination with another connector, as a plugin's new version brings it.</summary>
    public Destination With(IConnector connector) => DestinationOf(Lane.Destination.Options, connector);

    public void Start() => _running = Task.Run(() => Lane.RunAsync(_stopping.Token, _aborting.Token));

    public Task<bool> LevelAsync(ulong sequence) => Lane.WaitUntilLevelAsync(sequence).WaitAsync(JournalFolder.Patience);

    public Task StopAsync()
    {
        _stopping.Cancel();
        return _running.WaitAsync(JournalFolder.Patience);
    }

    public void Abort() => _aborting.Cancel();

    public void AssertBalanced()
    {
        CursorState books = Lane.Books;
        Assert.Equal(books.Position - books.Origin, books.Delivered + books.Filtered + books.DeadLettered + books.Dropped);
    }

    public async ValueTask DisposeAsync()
    {
        // As the host does it: what is aborted without a stop would count as a failure of the lane.
        Task stopped = StopAsync();
        Abort();
        await stopped;
        Lane.Dispose();
        await Lane.Destination.DisposeAsync();
        _stopping.Dispose();
        _aborting.Dispose();
    }

    private Destination DestinationOf(DestinationOptions options, IConnector connector)
    {
        var limits = LaneLimits.Of(options, _info, destinations: 1, maxDeliveries: 100);
        return new Destination
        {
            Endpoints = [],
            Options = options, Connector = connector, Plugin = "scripted 1.0", Revision = "r", Filters = new FilterSet(options.Filters), Renderer = _renderer,
            Limits = limits, Statistics = _statistics, Watch = _watch, Context = new MemoryStream(), Redact = text => text, Guard = _guard, Time = Time, Alerts = options.Alert is null ? null : _alerts,
            Chain = new DeliveryChain(options, connector, _info, limits.MaxInFlight, _renderer, _places, _watch, _guard, Time, NullLogger.Instance),
        };
    }

    /// <summary>Keeps letters in memory, after whatever the test does first.</summary>
    internal sealed class LetterBox(Func<Task>? before = null) : IDeadLetterSink
    {
        public ConcurrentQueue<DeadLetter> Letters { get; } = new();

        /// <summary>How many came at a time.</summary>
        public ConcurrentQueue<int> Calls { get; } = new();

        public async ValueTask AddAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
        {
            if (before is not null)
                await before().WaitAsync(cancellationToken);
            Calls.Enqueue(letters.Count);
            foreach (DeadLetter letter in letters)
                Letters.Enqueue(letter);
        }
    }
}
