using System.Buffers;
using AuditHost.PluginKit.Text;

namespace AuditHost.Connectors.Loki;

/// <summary>The events of a batch by their labels: streams in the order of their first event, and each one's events in the batch's order.</summary>
/// <param name="events">The most events there will be.</param>
internal sealed class StreamTable(int events) : IDisposable
{
    private const int None = -1;

    private readonly PooledBuffer _labels = new(1024);
    private readonly int[] _hashes = ArrayPool<int>.Shared.Rent(events);
    private readonly int[] _ends = ArrayPool<int>.Shared.Rent(events);
    private readonly int[] _firsts = ArrayPool<int>.Shared.Rent(events);
    private readonly int[] _lasts = ArrayPool<int>.Shared.Rent(events);
    private readonly int[] _nexts = ArrayPool<int>.Shared.Rent(events);

    /// <summary>How many streams there are.</summary>
    public int Count { get; private set; }

    /// <summary>Puts an event into the stream of its labels.</summary>
    public void Add(int index, ReadOnlySpan<byte> labels)
    {
        int hash = HashOf(labels);
        int stream = Find(hash, labels);
        _nexts[index] = None;
        if (stream < Count)
        {
            _nexts[_lasts[stream]] = index;
        }
        else
        {
            _labels.Write(labels);
            (_hashes[stream], _ends[stream], _firsts[stream]) = (hash, _labels.Length, index);
            Count++;
        }

        _lasts[stream] = index;
    }

    /// <summary>The labels of a stream.</summary>
    public ReadOnlySpan<byte> LabelsOf(int stream)
    {
        int start = stream == 0 ? 0 : _ends[stream - 1];
        return _labels.Written.Span[start.._ends[stream]];
    }

    /// <summary>A stream's first event.</summary>
    public int FirstOf(int stream) => _firsts[stream];

    /// <summary>The event of the same stream behind another; negative behind the last one.</summary>
    public int After(int index) => _nexts[index];

    public void Dispose()
    {
        _labels.Dispose();
        foreach (int[] rented in (ReadOnlySpan<int[]>)[_hashes, _ends, _firsts, _lasts, _nexts])
            ArrayPool<int>.Shared.Return(rented);
    }

    private static int HashOf(ReadOnlySpan<byte> labels)
    {
        var hash = default(HashCode);
        hash.AddBytes(labels);
        return hash.ToHashCode();
    }

    private int Find(int hash, ReadOnlySpan<byte> labels)
    {
        for (int from = 0; from < Count;)
        {
            int found = _hashes.AsSpan(from, Count - from).IndexOf(hash);
            if (found < 0)
                break;
            from += found;
            if (LabelsOf(from).SequenceEqual(labels))
                return from;
            from++;
        }

        return Count;
    }
}
