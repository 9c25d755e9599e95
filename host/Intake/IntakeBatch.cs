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
        Guid? assigned = index[EventField.Id].Kind == EventValueKind.Missing ? fallbackId ?? Guid.CreateVersion7() : null;
        _entries.Add(new Entry(json, index, assigned));
        Bytes += json.Length;
    }

    public void Clear()
    {
        _entries.Clear();
        Bytes = 0;
    }

    /// <summary>One event with its index and, where it came without one, its id.</summary>
    internal readonly record struct Entry(ReadOnlyMemory<byte> Json, EventIndex Index, Guid? AssignedId);
}
