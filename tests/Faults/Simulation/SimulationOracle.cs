using AuditHost.Journal;
using AuditHost.Lanes;

namespace AuditHost.Faults.Simulation;

/// <summary>
/// Knows what was sent, what was accepted and what arrived, and holds the host to its promises. It sees more than anybody else: also
/// what was answered to a sender who no longer listened.
/// </summary>
internal sealed class SimulationOracle(SimulationWorld world)
{
    private readonly SortedDictionary<ulong, StoredEvent> _log = [];
    private readonly Dictionary<int, ulong> _latest = [];
    private readonly HashSet<int> _sent = [];
    private readonly List<DestinationLedger> _ledgers = [];
    private ulong _first = 1;

    public IReadOnlyList<DestinationLedger> Ledgers => _ledgers;

    /// <summary>Everything known to be in the journal, by sequence number.</summary>
    public IReadOnlyDictionary<ulong, StoredEvent> Log => _log;

    /// <summary>When the date was last changed, and the journal could last not be read at a start: what was stored before may be stored again.</summary>
    public TimeSpan ForgetsBefore { get; set; } = TimeSpan.MinValue;

    /// <summary>Whether a start met a fault of the disk: letters of events that are tried again may then stay.</summary>
    public bool LettersMayLinger { get; set; }

    /// <summary>How often the host did not end of itself.</summary>
    public int Crashes { get; set; }

    public TimeSpan DeduplicationWindow { get; init; }

    public void Add(DestinationLedger ledger) => _ledgers.Add(ledger);

    public void Sending(IEnumerable<int> numbers) => _sent.UnionWith(numbers);

    /// <summary>The host answered that events are durable.</summary>
    public void Accepted(AppendReceipt receipt, IReadOnlyList<int> all, IReadOnlyList<int> stored, int process)
    {
        world.Require(receipt.Count == stored.Count && receipt.Duplicates == all.Count - stored.Count,
            $"{all.Count} events were sent, and the receipt speaks of {receipt.Count} new ones and {receipt.Duplicates} duplicates.");
        for (int index = 0; index < stored.Count; index++)
            Learn(receipt.First + (ulong)index, stored[index], process);
        foreach (int number in all.Except(stored))
            world.Require(_latest.ContainsKey(number), $"Event {number} was called a duplicate and was never stored.");
    }

    /// <summary>An event was seen in the journal or on its way out of it.</summary>
    public void Learn(ulong sequence, int number, int process)
    {
        if (_log.TryGetValue(sequence, out StoredEvent known))
        {
            world.Require(known.Number == number, $"{sequence} is event {known.Number} and came as event {number}.");
            return;
        }

        world.Require(_sent.Contains(number), $"Event {number} was never sent.");
        if (_latest.TryGetValue(number, out ulong earlier) && SimulatedEvents.HasId(number))
            CheckRepetition(number, earlier, sequence, process);
        _log.Add(sequence, new StoredEvent(number, process, world.Now));
        _latest[number] = sequence;
    }

    /// <summary>Looks at a site that was just opened: the journal has what was accepted and nothing else.</summary>
    public void CheckRecovered(EventJournal journal, int process)
    {
        ulong from = journal.FirstSequence;
        _first = from;
        foreach (Cursor cursor in journal.Cursors)
            world.Require(cursor.State.Position >= from, $"{cursor.Name} stands at {cursor.State.Position}, and the journal begins at {from}.");
        if (from > 1)
            world.Saw("segments deleted");
        ulong next = from;
        while (journal.TryRead(next) is { } block)
        {
            world.Require(block.FirstSequence == next, $"The journal has nothing between {next} and {block.FirstSequence}.");
            for (int index = 0; index < block.Count; index++)
            {
                int? number = SimulatedEvents.NumberOf(block[index].Json.Span);
                world.Require(number is not null, $"{block[index].Sequence} has bytes that nobody sent.");
                Learn(block[index].Sequence, number ?? 0, process);
            }

            if (block.NextSequence == next)
                throw new SimulationFailedException($"Reading the journal stands still at {next}.");
            next = block.NextSequence;
            block.Release();
        }

        world.Require(next == journal.NextSequence, $"The journal can be read up to {next} and ends at {journal.NextSequence}.");
        ulong furthest = _log.Count > 0 ? _log.Keys.Last() : 0;
        world.Require(furthest < journal.NextSequence, $"Event {furthest} was in the journal, which now ends before {journal.NextSequence}.");
        long lost = journal.Damage.Reports.Sum(report => (long)report.LostEvents);
        world.Require(lost == 0, $"{lost} events are reported as lost: {string.Join("; ", journal.Damage.Reports)}");
    }

    /// <summary>The books of every lane add up, at any moment.</summary>
    public void CheckBooks(IReadOnlyList<Lane> lanes)
    {
        foreach (Lane lane in lanes)
            LedgerOf(lane.Destination.Options.Name).CheckBooks(lane.Books);
    }

    private DestinationLedger LedgerOf(string name)
    {
        foreach (DestinationLedger ledger in _ledgers)
        {
            if (ledger.Name == name)
                return ledger;
        }

        throw new SimulationFailedException($"Nobody knows '{name}'.");
    }

    private void CheckRepetition(int number, ulong earlier, ulong sequence, int process)
    {
        StoredEvent before = _log[earlier];
        bool excused = earlier < _first || before.At <= ForgetsBefore || world.Now - before.At > DeduplicationWindow;
        world.Require(excused, $"Event {number} was stored at {before.At} by host {before.Process}, and again as {sequence} by host {process}.");
        world.Saw("stored twice by right");
    }
}
