namespace AuditHost.Lanes;

/// <summary>Some events of a batch, by index: all of them, or what a split or a partial failure left over.</summary>
internal sealed class BatchPart
{
    private readonly int[]? _indices;

    private BatchPart(int count, int[]? indices)
    {
        Count = count;
        _indices = indices;
    }

    public int Count { get; }

    public bool IsWhole => _indices is null;

    public int this[int position] => _indices is null ? position : _indices[position];

    /// <summary>Where an event of the batch stands in the part; negative where it does not.</summary>
    public int PositionOf(int index) => _indices is null ? (index < Count ? index : -1) : Array.IndexOf(_indices, index);

    public static BatchPart Whole(int count) => new(count, null);

    public static BatchPart Of(int[] indices) => new(indices.Length, indices);

    /// <summary>Splits in two, the first half not smaller.</summary>
    public (BatchPart First, BatchPart Second) Halves()
    {
        int[] all = [.. Enumerable.Range(0, Count).Select(position => this[position])];
        int middle = (Count + 1) / 2;
        return (Of(all[..middle]), Of(all[middle..]));
    }
}
