using System.Runtime.CompilerServices;
using AuditHost.Delivery;
using AuditHost.Journal;

namespace AuditHost.Faults.Simulation;

/// <summary>What one destination must get, may get again and did get.</summary>
internal sealed class DestinationLedger(DestinationPlan plan, SimulationOracle oracle, SimulationWorld world)
{
    /// <summary>An event that was under way each time is suspected after so many.</summary>
    private const int CrashesToSuspect = 3;

    private readonly Dictionary<ulong, Entry> _entries = [];
    private readonly HashSet<ulong> _ordered = [];
    private readonly HashSet<ulong> _takenByThisHost = [];
    private ulong? _origin;
    private ulong _highest;

    public string Name => plan.Name;

    /// <summary>Whether anything ever went wrong with it: until then nothing comes twice or out of order.</summary>
    public bool HadTrouble { get; set; }

    public void Require(bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] PromiseText promise)
    {
        if (!holds)
            world.Require(false, $"{plan.Name} {promise.ToString()}.");
    }

    /// <summary>Which event it was sent.</summary>
    public int Recognise(ulong sequence, ReadOnlySpan<byte> payload, int process)
    {
        int? number = SimulatedEvents.NumberOf(payload);
        Require(number is not null, $"got bytes as {sequence} that nobody sent");
        oracle.Learn(sequence, number ?? 0, process);
        return number ?? 0;
    }

    public void Take(ulong sequence, int number)
    {
        Entry entry = EntryOf(sequence);
        bool wished = entry.Wished;
        Require(wished || plan.Passes(number), $"got {sequence}, which its filter keeps out");
        Require(wished || _origin is null || sequence >= _origin, $"got {sequence}, from before it was there");
        entry.Taken++;
        _takenByThisHost.Add(sequence);
        Require(entry.Taken <= entry.Allowed, $"got {sequence} {entry.Taken} times, where {entry.Allowed} can be explained");
        if (plan.Ordered && !wished && entry.Taken == 1)
            CheckOrder(sequence);
        _highest = wished ? _highest : Math.Max(_highest, sequence);
    }

    /// <summary>The host cannot know that it arrived.</summary>
    public void MayComeAgain(ulong sequence) => EntryOf(sequence).Allowed++;

    /// <summary>An operator has an event sent, whatever the filters say.</summary>
    public void Wish(ulong sequence)
    {
        Entry entry = EntryOf(sequence);
        entry.Wished = true;
        entry.Allowed = Math.Max(entry.Allowed, entry.Taken) + 1;
    }

    /// <summary>An operator's order about its letter is under way, and may be carried out even where nobody heard so.</summary>
    public void Order(ulong sequence) => _ordered.Add(sequence);

    /// <summary>A host came up: what it may repeat now.</summary>
    /// <param name="found">Its cursor.</param>
    /// <param name="before">Where the cursor was when the host before it ended, durably.</param>
    /// <param name="exact">Whether it must be there and nowhere behind.</param>
    /// <param name="head">Where the journal ends.</param>
    public void Started(CursorState found, ulong before, ulong? exact, ulong head)
    {
        _origin ??= found.Origin;
        Require(found.Origin == _origin, $"began at {_origin}, and its cursor now says {found.Origin}");
        Require(found.Position <= head, $"stands at {found.Position}, beyond the journal's end at {head}");
        Require(found.Position >= before, $"was durably at {before}, and fell back to {found.Position}");
        Require(exact is null || found.Position == exact, $"was at {exact}, and is now at {found.Position}");
        int again = 0;
        foreach ((ulong sequence, Entry entry) in _entries)
        {
            if (sequence < found.Position || entry.Taken == 0)
                continue;
            again += _takenByThisHost.Contains(sequence) && !entry.Wished ? 1 : 0;
            entry.Allowed = Math.Max(entry.Allowed, entry.Taken + 1);
        }

        if (again > 0)
            world.Saw("batch again after a crash");
        Require(exact is null || again <= plan.MostUnderWay, $"gets {again} events again, where {plan.MostUnderWay} can have been under way");
        _takenByThisHost.Clear();
        HadTrouble |= again > 0;
        _highest = Math.Min(_highest, found.Position - 1);
        CheckBooks(found);
    }

    public void CheckBooks(in CursorState books)
    {
        ulong settled = books.Delivered + books.Filtered + books.DeadLettered + books.Dropped;
        Require(settled == books.Position - books.Origin, $"has books that do not add up: {books}");
    }

    /// <summary>Its dead letters died of what they may die of.</summary>
    public void CheckLetters(IEnumerable<DeadLetter> letters)
    {
        foreach (DeadLetter letter in letters)
        {
            StoredEvent stored = oracle.Log[letter.Sequence];
            Require(letter.Original.Span.SequenceEqual(SimulatedEvents.JsonOf(stored.Number)), $"has a dead letter of {letter.Sequence} with other bytes");
            bool givenUp = letter.Cause == DeathCause.GivenUp && plan.GiveUpAfter is { } limit && world.Now - stored.At >= limit;
            bool suspected = letter.Cause == DeathCause.SuspectedPoison && oracle.Crashes >= CrashesToSuspect;
            Require(givenUp || suspected || plan.MayDie(stored.Number, letter.Cause), $"let event {stored.Number} ({letter.Sequence}) die of {letter.Cause}: {letter.Reason}");
            if (letter.Cause == DeathCause.GivenUp)
                world.Saw("given up");
            if (letter.Cause == DeathCause.Unrenderable)
                world.Saw("unrenderable");
        }
    }

    /// <summary>Everything is settled: every event was taken, is a letter, was filtered, or an operator saw to it.</summary>
    public void CheckSettled(CursorState books, IReadOnlyCollection<ulong> open)
    {
        ulong filtered = 0;
        foreach ((ulong sequence, StoredEvent stored) in oracle.Log)
        {
            if (sequence < books.Origin)
                continue;
            if (!plan.Passes(stored.Number))
            {
                filtered++;
                continue;
            }

            bool settled = _entries.TryGetValue(sequence, out Entry? entry) && entry.Taken > 0;
            Require(settled || open.Contains(sequence) || _ordered.Contains(sequence), $"never got {sequence} (event {stored.Number}), which is no dead letter either");
        }

        CheckBooks(books);
        Require(books.Filtered == filtered, $"filtered {filtered} events by its filter and {books.Filtered} by its books");
        Require(
            oracle.LettersMayLinger ? books.DeadLettered <= (ulong)open.Count : books.DeadLettered == (ulong)open.Count,
            $"has {open.Count} dead letters and {books.DeadLettered} in its books");
        Require(books.Dropped <= (ulong)_ordered.Count, $"dropped {books.Dropped} events, where an operator ordered about {_ordered.Count}");
    }

    /// <summary>How many of a stretch it has, so far.</summary>
    public int TakenWithin(ulong first, ulong last) => _entries.Count(pair => pair.Key >= first && pair.Key <= last && pair.Value.Taken > 0);

    private void CheckOrder(ulong sequence)
    {
        if (sequence > _highest)
            return;
        int between = oracle.Log.Count(pair => pair.Key > sequence && pair.Key <= _highest && plan.Passes(pair.Value.Number));
        Require(HadTrouble && between < plan.MaxBatchEvents, $"is ordered, and got {sequence} after {_highest}");
    }

    private Entry EntryOf(ulong sequence)
    {
        if (!_entries.TryGetValue(sequence, out Entry? entry))
            _entries.Add(sequence, entry = new Entry());
        return entry;
    }

    private sealed class Entry
    {
        public int Taken { get; set; }

        public int Allowed { get; set; } = 1;

        public bool Wished { get; set; }
    }
}
