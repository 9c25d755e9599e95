using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Faults.Disk;
using AuditHost.Lanes;

namespace AuditHost.Faults.Simulation;

/// <summary>
/// One run: senders, the real host, three destinations, an operator and a good deal of bad luck, all from one seed. When the luck has
/// turned everything must come out.
/// </summary>
internal sealed class Simulation
{
    private static readonly string[] Names = ["alpha", "beta", "gamma"];

    /// <summary>The longest a quiet host may take: a destination may have asked for a quarter of an hour before.</summary>
    private static readonly TimeSpan DrainPatience = TimeSpan.FromMinutes(45);

    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(2);

    private static readonly TimeSpan SingleEventPatience = TimeSpan.FromSeconds(2);

    private readonly SimulationWorld _world;
    private readonly SimulationOracle _oracle;
    private readonly SimulatedHost _host;
    private readonly SimulatedOperator _operator;
    private readonly SimulatedDestination[] _destinations;
    private readonly SimulatedSender[] _senders;
    private readonly HashSet<string> _configured = new(StringComparer.Ordinal);
    private readonly JournalOptions _journal;
    private readonly SeededRandom _random;
    private readonly int _places;
    private int _number;
    private bool _isOver;

    public Simulation(ulong seed, FaultTally faults, bool full = false)
    {
        _world = new SimulationWorld(seed, full);
        _random = _world.Fork();
        _oracle = new SimulationOracle(_world) { DeduplicationWindow = TimeSpan.FromMinutes(5) };
        _destinations = [.. Names.Select((name, index) => Draw(name, index))];
        _journal = new JournalOptions
        {
            ReserveBytes = 1 << 20,
            TailBytes = _random.OneIn(2) ? 1 : 1 << 20,
            Retain = TimeSpan.FromSeconds(_random.Below(60)),
            SegmentBytes = 700 + _random.Below(6000),
            MaxBytes = _random.OneIn(6) ? 24_000 : 1 << 30,
            Scrub = TimeSpan.FromSeconds(20),
        };
        _places = 1 + _random.Below(12);
        _number = 1 + _random.Below(1000);
        _host = new SimulatedHost(_world, _oracle, faults, Options) { Destinations = _destinations };
        _operator = new SimulatedOperator(_world, _oracle, _host);
        _senders = [.. Enumerable.Range(0, 2 + _random.Below(2)).Select(_ => new SimulatedSender(_world, _oracle, _host, () => _number++))];
        _configured.UnionWith(Names.Take(_random.OneIn(4) ? 2 : 3));
    }

    public SimulationWorld World => _world;

    public int Crashes => _host.Crashes;

    public int Events => _oracle.Log.Count;

    public void Run()
    {
        _world.Scheduler.BetweenTurns = BetweenTurns;
        _world.Process.Start(_host.SuperviseAsync);
        _world.Process.Start(PlayAsync);
        _world.Scheduler.Run(() => _isOver);
    }

    private SimulatedDestination Draw(string name, int index)
    {
        DestinationPlan plan = DestinationPlan.Draw(_random, name, index);
        var ledger = new DestinationLedger(plan, _oracle, _world);
        _oracle.Add(ledger);
        return new SimulatedDestination(plan, _world.Fork(), ledger, _world);
    }

    private SiteOptions Options() => SimulatedHost.OptionsOf(
        _destinations.Where(destination => _configured.Contains(destination.Plan.Name)), _journal, _places, _oracle.DeduplicationWindow);

    private async Task PlayAsync()
    {
        await _host.WaitUntilUpAsync();
        foreach (SimulatedSender sender in _senders)
            _world.Process.Start(() => sender.RunAsync(2 + _random.Below(5)));
        int calamities = 2 + _random.Below(6);
        for (int calamity = 0; calamity < calamities; calamity++)
        {
            await _world.Delay(_random.Below(_random.OneIn(3) ? 300 : 6000));
            await StrikeAsync(Sometimes.Calamities[_random.Below(Sometimes.Calamities.Length)]);
        }

        await DrainAsync();
        await SendOneAsync();
        await CloseAsync();
        _isOver = true;
    }

    private async Task StrikeAsync(string calamity)
    {
        _world.Saw(calamity);
        switch (calamity)
        {
            case "power cut":
                _host.Crash(powerCut: true);
                break;
            case "kill":
                _host.Crash(powerCut: false);
                break;
            case "stop":
                await _host.StopAsync();
                break;
            case "disk full":
                _host.SetFull(true);
                await _world.Delay(_random.Below(5000));
                _host.SetFull(false);
                break;
            case "disk fault":
                await FailDiskAsync();
                break;
            case "clock jump":
                _world.SetDate(TimeSpan.FromDays((_random.Below(3) - 1) * 3650) + TimeSpan.FromSeconds(_random.Below(100) - 50));
                break;
            case "order of the operator":
                await _operator.GiveOrderAsync();
                break;
            case "configuration changed":
                await ReconfigureAsync();
                break;
            case "fault at start":
                _host.FaultAtStart = DrawFault(below: 40);
                _host.Crash(powerCut: _random.OneIn(2));
                break;
            default:
                await TroubleAsync(_destinations[_random.Below(_destinations.Length)]);
                break;
        }
    }

    private async Task FailDiskAsync()
    {
        _host.IsSlow = _random.OneIn(2);
        Fault fault = DrawFault(below: 20);
        _host.Disk.Inject(fault with { At = _host.Disk.Operations + 1 + fault.At });
        await _world.Delay(_random.Below(6000));
        _host.Disk.Repair();
        _host.IsSlow = false;
    }

    private Fault DrawFault(int below)
    {
        FaultKind[] kinds = [FaultKind.Eio, FaultKind.Enospc, FaultKind.ShortWrite, FaultKind.CrashBefore, FaultKind.CrashAfter];
        return new Fault(kinds[_random.Below(kinds.Length)], _random.Below(below), _random.OneIn(2));
    }

    private async Task TroubleAsync(SimulatedDestination destination)
    {
        destination.Trouble = Sometimes.Troubles[_random.Below(Sometimes.Troubles.Length)];
        destination.FailStarts(_random.Below(3));
        _world.Saw(destination.Trouble);
        await _world.Delay(500 + _random.Below(15_000));
        destination.Trouble = null;
    }

    private async Task ReconfigureAsync()
    {
        await _host.StopAsync();
        string name = Names[_random.Below(Names.Length)];
        if (_configured.Remove(name))
            return;
        _configured.Add(name);
        _world.Saw("destination added later");
    }

    private void BetweenTurns()
    {
        _host.LookAtDisk();
        _world.Require(_world.Now < LongestRun, $"The run does not come to its end: {Standing()}");
        if (_host.Site is not { } site)
            return;
        _oracle.CheckBooks(site.Lanes);
        foreach (Lane lane in site.Lanes)
        {
            if (lane.Destination.Chain.Breaker is { } breaker && breaker.State != BreakerState.Closed)
                _world.Tally.Count(breaker.State == BreakerState.Open ? "breaker open" : "breaker half-open");
        }
    }

    /// <summary>The luck turns: everything that was accepted comes out.</summary>
    private async Task DrainAsync()
    {
        _world.IsQuiet = true;
        _world.SetDate(TimeSpan.Zero);
        _host.SetFull(false);
        _host.Disk.Repair();
        if (_configured.Count < Names.Length)
        {
            await _host.StopAsync();
            _configured.UnionWith(Names);
        }

        foreach (SimulatedDestination destination in _destinations)
            destination.Trouble = null;
        TimeSpan since = _world.Now;
        while (!_senders.All(sender => sender.IsDone) || !IsLevel())
        {
            await _world.Delay(250);
            if (_world.Now - since > DrainPatience)
            {
                _world.Require(false, $"Not everything comes out: {Standing()}");
                return;
            }
        }

        // What an operator ordered last is booked by the lanes' loops, in their time.
        await _world.Delay(1500);
        _world.Note("world", "all is settled");
        CheckSettled();
    }

    /// <summary>One event, then silence: it must not wait for company.</summary>
    private async Task SendOneAsync()
    {
        await _world.Delay(30_000);
        await _senders[0].SendAsync([_number++]);
        await _world.Delay((int)SingleEventPatience.TotalMilliseconds);
        _world.Require(IsLevel(), $"One event and silence, and it does not come out: {Standing()}");
        CheckSettled();
    }

    private async Task CloseAsync()
    {
        await _host.StopAsync();
        await _host.WaitUntilUpAsync();
        CheckSettled();
        _host.IsWanted = false;
        await _host.StopAsync();
    }

    private bool IsLevel() => _host.Site is { } site && site.Lanes.Count == Names.Length && site.Lanes.All(lane => lane.Buffered == 0);

    private string Standing() => _host.Site is not { } site
        ? "the host is down"
        : string.Join("; ", site.Lanes.Select(lane => $"{lane.Destination.Options.Name} is {lane.Destination.Watch.Health} with {lane.Buffered} of {lane.Head}: {lane.Destination.Statistics.LastError}"));

    private void CheckSettled()
    {
        if (_host.Site is not { } site)
        {
            _world.Require(false, $"The host went down in peace.");
            return;
        }

        if (site.Journal.LastScrub is not null)
            _world.Saw("scrubbed");
        DeadLetter[] letters = [.. site.DeadLetters.Letters()];
        foreach (Lane lane in site.Lanes)
        {
            DestinationLedger ledger = _oracle.Ledgers.First(one => one.Name == lane.Destination.Options.Name);
            DeadLetter[] own = [.. letters.Where(letter => letter.Destination == ledger.Name)];
            ledger.CheckLetters(own);
            ledger.CheckSettled(lane.Books, [.. own.Select(letter => letter.Sequence)]);
        }
    }
}
