using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AuditHost.Sdk;

namespace AuditHost.Intake;

/// <summary>
/// Events of one request, parsed and on their way to the journal, which takes all of them or none. Reused by its source; the
/// bytes stay the source's until the append has ended.
/// </summary>
internal sealed class IntakeBatch
{
    /// <summary>What an event takes here beside its bytes.</summary>
    public static readonly int EntryBytes = Unsafe.SizeOf<Entry>();

    private readonly List<Entry> _entries = [];
    private EventIds? _ids;

    public int Count => _entries.Count;

    /// <summary>The events' bytes together.</summary>
    public long Bytes { get; private set; }

    public ref readonly Entry this[int index] => ref CollectionsMarshal.AsSpan(_entries)[index];

    /// <summary>Adds an event that <see cref="EventParser"/> accepted.</summary>
    /// <param name="json">Its bytes as received.</param>
    /// <param name="index">What the parser found.</param>
    /// <param name="fallbackId">The id it gets if it has none: a deterministic one where the source has a position.</param>
    public void Add(ReadOnlyMemory<byte> json, in EventIndex index, Guid? fallbackId = null)
    {
        Guid? assigned = index[EventField.Id].Kind == EventValueKind.Missing ? fallbackId ?? (_ids ??= new EventIds()).Next() : null;
        _entries.Add(new Entry(json, index, assigned));
        Bytes += json.Length;
    }

    /// <summary>Takes events out again.</summary>
    /// <param name="marked">One mark per event: whether it goes.</param>
    /// <returns>How many went.</returns>
    public int RemoveAll(ReadOnlySpan<bool> marked)
    {
        if (!marked.Contains(true))
            return 0;
        Span<Entry> entries = CollectionsMarshal.AsSpan(_entries);
        int kept = 0;
        for (int i = 0; i < entries.Length; i++)
        {
            if (marked[i])
                Bytes -= entries[i].Json.Length;
            else
                entries[kept++] = entries[i];
        }

        int removed = entries.Length - kept;
        _entries.RemoveRange(kept, removed);
        return removed;
    }

    public void Clear()
    {
        _entries.Clear();
        Bytes = 0;
    }

    /// <summary>One event with its index and, where it came without one, its id.</summary>
    internal readonly record struct Entry(ReadOnlyMemory<byte> Json, EventIndex Index, Guid? AssignedId);
}
