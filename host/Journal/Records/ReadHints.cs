namespace AuditHost.Journal.Records;

/// <summary>Remembers where the last reads ended, so that a reader going forward finds its place without a search.</summary>
internal sealed class ReadHints
{
    private const int Size = 64;

    private readonly Lock _gate = new();
    private readonly Hint[] _hints = new Hint[Size];
    private int _next;

    public void Store(in Hint hint)
    {
        lock (_gate)
            _hints[_next++ % Size] = hint;
    }

    public bool TryGet(ulong sequence, out Hint hint)
    {
        lock (_gate)
        {
            foreach (ref readonly Hint known in _hints.AsSpan())
            {
                if (known.Sequence != sequence || known.Offset == 0)
                    continue;
                hint = known;
                return true;
            }
        }

        hint = default;
        return false;
    }

    /// <param name="Sequence">The event a reader will ask for.</param>
    /// <param name="SegmentId">Where it is.</param>
    /// <param name="Offset">Where in the segment to begin.</param>
    /// <param name="Expected">What the segment's reader expects there.</param>
    internal readonly record struct Hint(ulong Sequence, ulong SegmentId, long Offset, ulong Expected);
}
