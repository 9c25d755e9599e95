using System.Buffers;
using AuditHost.PluginKit.Text;

namespace AuditHost.Connectors.NewRelic;

/// <summary>
/// The data points of a request, one for each metric, minute and set of attributes, in the order they came. What is added under the same head is one
/// point.
/// </summary>
internal sealed class MetricPoints : IDisposable
{
    private const int FirstCapacity = 64;

    private readonly PooledBuffer _heads = new(8 << 10);
    private MetricPoint[] _points = ArrayPool<MetricPoint>.Shared.Rent(FirstCapacity);
    private int[] _slots = RentSlots(FirstCapacity * 2);
    private int _slotCount = FirstCapacity * 2;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>A point.</summary>
    public ref readonly MetricPoint this[int index] => ref _points[index];

    /// <summary>The members of a point but its value.</summary>
    public ReadOnlySpan<byte> HeadOf(int index)
    {
        int start = index == 0 ? 0 : _points[index - 1].HeadEnd;
        return _heads.Written.Span[start.._points[index].HeadEnd];
    }

    /// <summary>Adds a figure to its point.</summary>
    public void Add(ReadOnlySpan<byte> head, bool isCount, bool isLate, double value)
    {
        uint hash = HashOf(head);
        int slot = Find(head, hash);
        if (_slots[slot] == 0)
        {
            if (Count == _slotCount / 2)
            {
                Grow();
                slot = Find(head, hash);
            }

            head.CopyTo(_heads.GetSpan(head.Length));
            _heads.Advance(head.Length);
            _points[Count] = new MetricPoint(_heads.Length, hash, isCount, isLate);
            _slots[slot] = ++Count;
        }

        _points[_slots[slot] - 1].Add(value);
    }

    public void Dispose()
    {
        _heads.Dispose();
        ArrayPool<MetricPoint>.Shared.Return(_points);
        ArrayPool<int>.Shared.Return(_slots);
    }

    private int Find(ReadOnlySpan<byte> head, uint hash)
    {
        int mask = _slotCount - 1;
        for (int slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            int point = _slots[slot];
            if (point == 0 || (_points[point - 1].Hash == hash && HeadOf(point - 1).SequenceEqual(head)))
                return slot;
        }
    }

    private void Grow()
    {
        MetricPoint[] points = ArrayPool<MetricPoint>.Shared.Rent(Count * 2);
        _points.AsSpan(0, Count).CopyTo(points);
        ArrayPool<MetricPoint>.Shared.Return(_points);
        _points = points;
        ArrayPool<int>.Shared.Return(_slots);
        _slotCount *= 2;
        _slots = RentSlots(_slotCount);
        for (int index = 0; index < Count; index++)
        {
            int slot = (int)_points[index].Hash & (_slotCount - 1);
            while (_slots[slot] != 0)
                slot = (slot + 1) & (_slotCount - 1);
            _slots[slot] = index + 1;
        }
    }

    private static int[] RentSlots(int count)
    {
        int[] slots = ArrayPool<int>.Shared.Rent(count);
        slots.AsSpan(0, count).Clear();
        return slots;
    }

    private static uint HashOf(ReadOnlySpan<byte> head)
    {
        var hash = default(HashCode);
        hash.AddBytes(head);
        return (uint)hash.ToHashCode();
    }
}
