using AuditHost.Configuration.Options;
using AuditHost.Configuration.Secrets;
using AuditHost.Faults.Disk;
using AuditHost.Journal;
using AuditHost.Lanes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Faults.Simulation;

/// <summary>The real host on a simulated machine, started again by its supervisor whenever it ends.</summary>
internal sealed class SimulatedHost
{
    private const string Data = "/data";

    /// <summary>A stop has its grace, then what a connector may take over its end, then its closing.</summary>
    private const int StopPatience = 60_000;

    private readonly SimulationWorld _world;
    private readonly SimulationOracle _oracle;
    private readonly SeededRandom _random;
    private readonly FaultTally _faults;
    private readonly Func<SiteOptions> _options;
    private readonly Dictionary<string, Left> _left = new(StringComparer.Ordinal);
    private TaskCompletionSource<bool> _started = new();
    private TaskCompletionSource _stopped = new();
    private TaskCompletionSource _ended = new();

    public SimulatedHost(SimulationWorld world, SimulationOracle oracle, FaultTally faults, Func<SiteOptions> options)
    {
        _world = world;
        _oracle = oracle;
        _random = world.Fork();
        _faults = faults;
        _options = options;
        Disk = new SimulatedDisk(_random.Next(), faults);
        Process = new SimulatedProcess(world.Scheduler, 0);
        Clock = world.Clock;
        Process.Kill();
        _ended.SetResult();
    }

    public required IReadOnlyList<SimulatedDestination> Destinations { get; init; }

    public SimulatedDisk Disk { get; private set; }

    public SimulatedProcess Process { get; private set; }

    public TimeProvider Clock { get; private set; }

    /// <summary>The site; <see langword="null"/> while it is down, starting or stopping.</summary>
    public Site? Site { get; private set; }

    /// <summary>Whether the supervisor starts it again.</summary>
    public bool IsWanted { get; set; } = true;

    /// <summary>A fault in the way of the next start.</summary>
    public Fault? FaultAtStart { get; set; }

    public bool IsSlow { get; set; }

    /// <summary>When the last of the volume was used up; <see langword="null"/> while there is space.</summary>
    public TimeSpan? FullSince { get; private set; }

    public int Crashes { get; private set; }

    public static SiteOptions OptionsOf(IEnumerable<SimulatedDestination> destinations, JournalOptions journal, int places, TimeSpan window) => new()
    {
        Path = "site.yaml",
        BaseDirectory = "/",
        Revision = "r",
        MaxConcurrentDeliveries = places,
        Monitoring = new MonitoringOptions { HealthCheckInterval = TimeSpan.FromSeconds(30), PerformanceMetrics = false },
        Host = new HostOptions
        {
            DataDirectory = Data,
            Journal = journal,
            Deduplication = new DeduplicationOptions { Window = window, MaxEvents = 2000 },
            ShutdownGrace = TimeSpan.FromSeconds(5),
        },
        Destinations = [.. destinations.Select(destination => destination.Plan.ToOptions())],
    };

    /// <summary>Keeps it running; the world's.</summary>
    public async Task SuperviseAsync()
    {
        while (true)
        {
            await _ended.Task;
            if (IsWanted)
                await StartAsync();
            else
                await _world.Delay(100);
        }
    }

    /// <summary>Ends when it is up.</summary>
    public async Task WaitUntilUpAsync()
    {
        while (Site is null)
            await _world.Delay(100);
    }

    public void SetFull(bool full)
    {
        Disk.Space = new Journal.Storage.VolumeSpace(1L << 30, full ? 0 : 1L << 29);
        FullSince = full ? FullSince ?? _world.Now : null;
    }

    /// <summary>The disk may have brought the machine down in the middle of something.</summary>
    public void LookAtDisk()
    {
        if (Disk.IsDown && !Process.IsDead)
            Crash(powerCut: _random.OneIn(2));
    }

    public void Crash(bool powerCut)
    {
        if (Process.IsDead)
            return;
        _world.Note("host", powerCut ? "loses power" : "is killed");
        Crashes = ++_oracle.Crashes;
        if (!_started.Task.IsCompleted)
            _world.Saw("crash at start");
        Leave(powerCut);
        Disk = powerCut ? Disk.Crash(_random.Next()) : Disk.Kill(_random.Next());
        End();
    }

    /// <summary>Stops it as an operator does, within its grace.</summary>
    public async Task StopAsync()
    {
        if (Site is not { } site)
            return;
        _stopped = new TaskCompletionSource();
        SimulatedProcess process = Process;
        TaskCompletionSource stopped = _stopped;
        if (site.Lanes.Any(lane => lane.Buffered > 0))
            _world.Saw("stopped with batches under way");
        Site = null;
        process.Start(async () =>
        {
            await site.DisposeAsync();
            Remember(site, powerCut: false);
            stopped.TrySetResult();
        });
        await Task.WhenAny(stopped.Task, _world.Delay(StopPatience));
        if (process.IsDead)
            return;
        _world.Require(stopped.Task.IsCompleted, $"A stop does not come to its end.");
        _world.Require(Disk.OpenFiles == 0, $"{Disk.OpenFiles} files are still open after a stop.");
        _world.Note("host", "has stopped");
        End();
    }

    private async Task StartAsync()
    {
        await _world.Delay(_random.Below(2000));
        _ended = new TaskCompletionSource();
        _started = new TaskCompletionSource<bool>();
        Process = new SimulatedProcess(_world.Scheduler, Process.Number + 1);
        Clock = new SimulatedClock(Process, () => _world.DateOffset);
        if (FaultAtStart is { } fault && !_world.IsQuiet)
            Disk.Inject(fault with { At = Disk.Operations + 1 + fault.At });
        FaultAtStart = null;
        _world.Note("host", "starts", Process.Number);
        Process.Start(OpenAsync);
        bool isUp = await _started.Task;
        Disk.Repair();
        if (isUp)
            return;
        await _world.Delay(_random.Below(2000));
        if (!Process.IsDead)
            End();
    }

    private async Task OpenAsync()
    {
        TaskCompletionSource<bool> started = _started;
        SimulatedProcess process = Process;
        int faults = Disk.FaultsFired;
        try
        {
            Site site = await Site.OpenAsync(_options(), new SimulatedCatalogue(Destinations, this), new Redactor([]), Clock, Loggers(), new HostMachine
            {
                Storage = Disk,
                Lock = static _ => new MemoryStream(),
                CommitThread = () => new SimulatedCommitThread(process, Clock, () => TimeSpan.FromMilliseconds(IsSlow ? _random.Below(400) : 0)),
                Random = new SimulatedRandom(_random),
            });
            _oracle.LettersMayLinger |= Disk.FaultsFired > faults;
            if (Disk.FaultsFired > faults || _world.HadDateChanged)
                _oracle.ForgetsBefore = _world.Now;
            Check(site, metFault: Disk.FaultsFired > faults);
            site.Start();
            Site = site;
            started.TrySetResult(true);
        }
        catch (IOException exception)
        {
            _world.Saw("start met a fault");
            _world.Require(Disk.FaultsFired > faults || FullSince is not null, $"A start failed on a sound disk: {exception}");
            _world.Require(Disk.IsDown || Disk.OpenFiles == 0, $"{Disk.OpenFiles} files are still open after a start that failed.");
            started.TrySetResult(false);
        }
    }

    private void Check(Site site, bool metFault)
    {
        Disk.IsWatched = true;
        foreach (Lane lane in site.Lanes)
        {
            // A slot that could not be read is left out, and the one before it counts.
            Left left = metFault ? default : _left.GetValueOrDefault(lane.Destination.Options.Name);
            Ledger(lane).Started(lane.Books, left.Synced, left.IsExact ? left.Position : null, site.Journal.NextSequence);
            if (lane.Books.Position < left.Position)
                _world.Saw("cursor behind after a power cut");
        }

        _oracle.CheckRecovered(site.Journal, Process.Number);
        foreach (DestinationLedger ledger in _oracle.Ledgers)
            ledger.CheckLetters(site.DeadLetters.Letters().Where(letter => letter.Destination == ledger.Name));
        Disk.IsWatched = false;
        Remember(site, powerCut: true);
    }

    private void Leave(bool powerCut)
    {
        if (Site is { } site)
        {
            Remember(site, powerCut);
            return;
        }

        // In the middle of a start or a stop: what was durable before still is.
        foreach ((string name, Left left) in _left.ToArray())
            _left[name] = left with { IsExact = false };
    }

    private void Remember(Site site, bool powerCut)
    {
        foreach (Cursor cursor in site.Journal.Cursors)
            _left[cursor.Name] = new Left(cursor.SyncedState.Position, cursor.State.Position, !powerCut && cursor.Failure is null);
    }

    private void End()
    {
        Process.Kill();
        Site = null;
        _started.TrySetResult(false);
        _stopped.TrySetResult();
        _ended.TrySetResult();
    }

    private DestinationLedger Ledger(Lane lane) => _oracle.Ledgers.First(ledger => ledger.Name == lane.Destination.Options.Name);

    private ILoggerFactory Loggers() => _world.Trace.IsFull ? new SimulationLog(_world) : NullLoggerFactory.Instance;

    /// <summary>Where a cursor was when its host ended.</summary>
    /// <param name="Synced">Durably.</param>
    /// <param name="Position">As last written.</param>
    /// <param name="IsExact">Whether nothing may have been lost of that.</param>
    private readonly record struct Left(ulong Synced, ulong Position, bool IsExact);
}
