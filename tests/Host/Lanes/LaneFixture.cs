using System.Collections.Concurrent;
using AuditHost.Configuration;
using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Journal;
using AuditHost.Lanes;
using AuditHost.Lanes.Drops;
using AuditHost.Lanes.Filters;
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
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborting = new();
    private Task _running = Task.CompletedTask;

    public LaneFixture(
        EventJournal journal, IConnector connector, string name = "d", int inFlight = 1, int batch = 500, IDeadLetterSink? deadLetters = null,
        Func<DestinationOptions, DestinationOptions>? configure = null, int maxBytes = 1 << 20, DropLog? drops = null, params FilterOptions[] filters)
    {
        DestinationOptions options = new()
        {
            Name = name, Section = "siem", Type = "scripted", Enabled = true, Location = new SourceLocation("site.yaml", 1, 1),
            Breaker = new BreakerOptions { Enabled = false }, Batch = new BatchOptions { MaxEvents = batch }, Filters = filters,
        };
        options = configure?.Invoke(options) ?? options;
        var info = new ConnectorInfo("scripted", "For tests.") { MaxConcurrency = inFlight, MaxBatchBytes = maxBytes };
        var limits = LaneLimits.Of(options, info, share: 100);
        var statistics = new LaneStatistics();
        var renderer = new BatchRenderer(name, journal.LogId, BatchContent.Body, Framing.Newline, new IdFormatter(), null);
        var watch = new DeliveryWatch(statistics, new DeliveryHistograms(name, false), text => text, Time, NullLogger.Instance);
        Lane = new Lane(
            new Destination
            {
                Endpoints = [],
                Options = options, Connector = connector, Plugin = "scripted 1.0", Revision = "r", Filters = new FilterSet(filters), Renderer = renderer,
                Limits = limits, Statistics = statistics, Watch = watch, Context = new MemoryStream(), Redact = text => text,
                Chain = new DeliveryChain(options, connector, info, limits.MaxInFlight, renderer, _places, watch, Time, NullLogger.Instance),
            },
            journal, deadLetters ?? Letters, Time, NullLogger.Instance, drops);
    }

    public ManualTimeProvider Time { get; } = new();

    public Lane Lane { get; }

    public LetterBox Letters { get; } = new();

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

    /// <summary>Keeps letters in memory, after whatever the test does first.</summary>
    internal sealed class LetterBox(Func<Task>? before = null) : IDeadLetterSink
    {
        public ConcurrentQueue<DeadLetter> Letters { get; } = new();

        public async ValueTask AddAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
        {
            if (before is not null)
                await before().WaitAsync(cancellationToken);
            foreach (DeadLetter letter in letters)
                Letters.Enqueue(letter);
        }
    }
}
