namespace AuditHost.Journal;

/// <summary>A set of sequence numbers, kept as ranges that neither touch nor overlap. The same damage is seen from several sides and counts once.</summary>
internal sealed class SequenceRanges
{
    private readonly List<(ulong First, ulong Next)> _ranges = [];

    public IReadOnlyList<(ulong First, ulong Next)> All => _ranges;

    /// <summary>How many numbers are in it.</summary>
    public ulong Count { get; private set; }

    /// <summary>Adds the numbers from the first up to but not including the next.</summary>
    public void Add(ulong first, ulong next)
    {
        if (next <= first)
            return;
        int at = _ranges.FindIndex(range => range.Next >= first);
        if (at < 0)
            at = _ranges.Count;
        int end = at;
        for (; end < _ranges.Count && _ranges[end].First <= next; end++)
        {
            (ulong from, ulong to) = _ranges[end];
            (first, next) = (Math.Min(first, from), Math.Max(next, to));
            Count -= to - from;
        }

        _ranges.RemoveRange(at, end - at);
        _ranges.Insert(at, (first, next));
        Count += next - first;
    }
}
