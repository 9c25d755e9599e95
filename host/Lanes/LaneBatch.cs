using AuditHost.Delivery;
using AuditHost.Formatting.Library;
using AuditHost.Journal;
using AuditHost.Lanes.Alerts;
using AuditHost.Sdk;

namespace AuditHost.Lanes;

/// <summary>
/// A stretch of the journal on its way to one destination: the events that passed the filters, rendered, and the count of those that
/// did not. It keeps the journal's blocks in memory until it is cleared, and is then used again.
/// </summary>
/// <param name="largestPooled">Beyond this the rendered bytes get an array of their own; for batches that are kept.</param>
internal sealed class LaneBatch(int largestPooled = int.MaxValue) : IDisposable
{
    private readonly List<Entry> _entries = [];
    private readonly List<EventBlock> _blocks = [];
    private long _rawBytes;

    /// <summary>The first sequence number of the stretch.</summary>
    public ulong FirstSequence { get; private set; }

    /// <summary>The sequence number behind the stretch.</summary>
    public ulong EndSequence { get; private set; }

    /// <summary>When it was opened, as a timestamp of the clock.</summary>
    public long OpenedAt { get; private set; }

    /// <summary>Whether the stretch is empty: no event passed, was filtered or is missing.</summary>
    public bool IsEmpty => EndSequence == FirstSequence;

    public int Count => _entries.Count;

    /// <summary>The alerts that its events belong to; <see langword="null"/> where each event is sent as it is.</summary>
    public AlertGroups? Alerts { get; init; }

    /// <summary>Events that passed the filters: those it holds, and those that only count in an alert.</summary>
    public int Passed => Alerts is { Events: > 0 } alerts ? alerts.Events : Count;

    public int Filtered { get; private set; }

    /// <summary>Sequence numbers whose events the journal no longer has.</summary>
    public ulong Missing { get; private set; }

    /// <summary>The size for the batch's limit: as rendered, or as received where nothing is rendered per event.</summary>
    public long Bytes => Rendered.Length > 0 ? Rendered.Length : _rawBytes;

    /// <summary>Bytes of journal blocks that this batch keeps from being reused.</summary>
    public long HeldBytes { get; private set; }

    /// <summary>The content of the destination's template that renders this batch; <see langword="null"/> where a format does.</summary>
    public TemplateVersion? Template { get; set; }

    /// <summary>The rendered events, framed: the body, and the payloads as slices of it.</summary>
    public PooledBuffer Rendered { get; } = new(4096, largestPooled);

    public AuditEvent this[int index] => _entries[index].Event;

    public ReadOnlyMemory<byte> Payload(int index) => Rendered.Slice(_entries[index].Payload);

    /// <summary>Why an event was not rendered; <see langword="null"/> where it was.</summary>
    public string? RenderingError(int index) => _entries[index].Error;

    /// <summary>What an event that was not rendered dies of.</summary>
    public DeathCause CauseOf(int index) => _entries[index].Cause;

    /// <summary>
    /// Keeps a block in memory as long as this batch lives. Events are only added while their block is held. A block that is held
    /// already costs nothing more, however large it is.
    /// </summary>
    /// <returns>Whether it is held; a batch that holds enough takes no further one.</returns>
    public bool TryHold(EventBlock block)
    {
        if (_blocks.Count > 0 && ReferenceEquals(_blocks[^1], block))
            return true;
        if (HeldBytes >= LaneLimits.MaxHeldBytes)
            return false;
        block.AddReference();
        _blocks.Add(block);
        HeldBytes += block.MemoryBytes;
        return true;
    }

    /// <summary>Adds an event.</summary>
    /// <param name="auditEvent">The event.</param>
    /// <param name="before">The length of <see cref="Rendered"/> before the event was rendered.</param>
    /// <param name="payload">Where its rendering lies, without frame.</param>
    /// <param name="error">Why it was not rendered.</param>
    /// <param name="cause">What it dies of then.</param>
    public void Add(AuditEvent auditEvent, int before, Range payload, string? error = null, DeathCause cause = DeathCause.Unrenderable)
    {
        _entries.Add(new Entry(auditEvent, before, payload, error, cause));
        _rawBytes += auditEvent.Json.Length;
        EndSequence = auditEvent.Sequence + 1;
    }

    /// <summary>Takes the last event out again. Only valid while nothing was added behind it.</summary>
    public void RemoveLast()
    {
        Entry last = _entries[^1];
        _entries.RemoveAt(_entries.Count - 1);
        Rendered.Truncate(last.Before);
        _rawBytes -= last.Event.Json.Length;
        EndSequence = last.Event.Sequence;
    }

    /// <summary>Puts an event in the place of another of the same alert. Nothing was rendered of either.</summary>
    public void Replace(int index, AuditEvent auditEvent)
    {
        _rawBytes += auditEvent.Json.Length - _entries[index].Event.Json.Length;
        _entries[index] = _entries[index] with { Event = auditEvent };
        AddCounted(auditEvent.Sequence);
    }

    /// <summary>An event that counts in an alert whose message another one stands for.</summary>
    public void AddCounted(ulong sequence) => EndSequence = sequence + 1;

    public void AddFiltered(ulong sequence)
    {
        Filtered++;
        EndSequence = sequence + 1;
    }

    public void AddMissing(ulong count)
    {
        Missing += count;
        EndSequence += count;
    }

    /// <summary>Begins a stretch.</summary>
    public void Open(ulong firstSequence, long timestamp)
    {
        FirstSequence = firstSequence;
        EndSequence = firstSequence;
        OpenedAt = timestamp;
    }

    /// <summary>Lets go of everything; memory that was taken from it ends here.</summary>
    public void Clear()
    {
        foreach (EventBlock block in _blocks)
            block.Release();
        _blocks.Clear();
        _entries.Clear();
        Rendered.Truncate(0);
        Alerts?.Clear();
        Template = null;
        Filtered = 0;
        Missing = 0;
        HeldBytes = 0;
        _rawBytes = 0;
    }

    public void Dispose()
    {
        Clear();
        Rendered.Dispose();
    }

    private readonly record struct Entry(AuditEvent Event, int Before, Range Payload, string? Error, DeathCause Cause);
}
