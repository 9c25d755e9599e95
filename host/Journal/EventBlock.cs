using AuditHost.Intake;
using AuditHost.Journal.Records;

namespace AuditHost.Journal;

/// <summary>
/// A run of events in memory with consecutive sequence numbers, shared by every lane that reads it. Whoever gets a block holds
/// one reference; the last <see cref="Release"/> gives bytes and events back to the pool.
/// </summary>
internal sealed class EventBlock
{
    /// <summary>What an event takes in memory beside its bytes, roughly.</summary>
    private const int EventOverhead = 384;

    private readonly BlockPool _pool;
    private ParsedEvent[] _events = [];
    private readonly object _released = new();
    private int _references;
    private volatile bool _awaited;

    internal EventBlock(BlockPool pool) => _pool = pool;

    public ulong FirstSequence { get; private set; }

    public ulong NextSequence => FirstSequence + (ulong)Count;

    public int Count { get; private set; }

    /// <summary>The event at an index; index 0 is <see cref="FirstSequence"/>.</summary>
    public ParsedEvent this[int index] => _events.AsSpan(0, Count)[index];

    /// <summary>What others find it by; <see langword="null"/> where they do not.</summary>
    internal LoadedBlocks? SharedBy { get; set; }

    /// <summary>Whether anybody has a reference beside the one who asks.</summary>
    internal bool IsShared => Volatile.Read(ref _references) > 1;

    public void AddReference() => Interlocked.Increment(ref _references);

    /// <summary>Adds a reference unless the last one is gone already.</summary>
    internal bool TryAddReference()
    {
        for (int references = Volatile.Read(ref _references); references > 0;)
        {
            int seen = Interlocked.CompareExchange(ref _references, references + 1, references);
            if (seen == references)
                return true;
            references = seen;
        }

        return false;
    }

    public void Release()
    {
        int left = Interlocked.Decrement(ref _references);
        if (left == 0)
        {
            SharedBy?.Forget(this);
            _pool.Return(this);
        }
        else if (left == 1 && _awaited)
            Wake();
    }

    /// <summary>Waits until nobody else has a reference.</summary>
    /// <returns><see langword="false"/> where it took too long.</returns>
    internal bool WaitUntilUnshared(int milliseconds)
    {
        lock (_released)
        {
            _awaited = true;

            // Whoever releases it from here on sees that it is awaited, or was seen to have released it.
            Interlocked.MemoryBarrier();
            bool unshared = !IsShared || (Monitor.Wait(_released, milliseconds) && !IsShared);
            _awaited = false;
            return unshared;
        }
    }

    /// <summary>The bytes the events lie in.</summary>
    internal RecordPage Page { get; } = new();

    internal long MemoryBytes => Page.Buffer.Length + ((long)_events.Length * EventOverhead);

    /// <summary>Stands empty before a sequence number, held by one reference.</summary>
    internal void Begin(ulong firstSequence)
    {
        FirstSequence = firstSequence;
        Count = 0;
        Volatile.Write(ref _references, 1);
    }

    /// <summary>Takes over the next record of the page.</summary>
    internal void Add(in RecordSlice record, in EventIndex index)
    {
        if (Count == _events.Length)
            Grow();
        Guid? assigned = (record.Flags & RecordFlags.AssignedId) != 0 && record.AttributesLength >= 16
            ? new Guid(Page.AttributesOf(record)[..16])
            : null;
        _events[Count++].Set(Page.PayloadOf(record), index, record.Sequence, record.ReceivedAtTicks, assigned);
    }

    private void Wake()
    {
        lock (_released)
            Monitor.PulseAll(_released);
    }

    private void Grow()
    {
        int filled = _events.Length;
        Array.Resize(ref _events, Math.Max(4, filled * 2));
        foreach (ref ParsedEvent item in _events.AsSpan(filled))
            item = new ParsedEvent();
    }
}
