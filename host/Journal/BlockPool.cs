using System.Numerics;
using AuditHost.Journal.Records;

namespace AuditHost.Journal;

/// <summary>
/// Keeps blocks that nobody holds, sorted by the size of their buffers, up to a limit of memory. Sizes that are asked for push out those
/// that no longer are: the large groups of a flood leave room for the pages of the backlog that is read afterwards.
/// </summary>
internal sealed class BlockPool(long maxBytes)
{
    private const int Sizes = 32;

    private readonly Lock _gate = new();
    private readonly Stack<EventBlock>?[] _free = new Stack<EventBlock>?[Sizes];
    private readonly long[] _askedFor = new long[Sizes];
    private long _freeBytes;
    private long _rents;
    private int _rented;

    /// <summary>The blocks that are out.</summary>
    public int Rented => Volatile.Read(ref _rented);

    /// <summary>A block with a buffer of at least that many bytes, held by one reference. One of twice the size will do.</summary>
    public EventBlock Rent(long bytes, ulong firstSequence)
    {
        int size = SizeOf((int)Math.Max(bytes, RecordPage.SmallestBuffer));
        EventBlock? block = null;
        lock (_gate)
        {
            _rented++;
            _askedFor[size] = ++_rents;
            if ((_free[size]?.TryPop(out block) ?? false) || (_free[size + 1]?.TryPop(out block) ?? false))
                _freeBytes -= block!.MemoryBytes;
        }

        block ??= new EventBlock(this);
        block.Page.Reset(firstSequence);
        block.Page.EnsureBuffer(1 << size);
        block.Begin(firstSequence);
        return block;
    }

    public void Return(EventBlock block)
    {
        lock (_gate)
        {
            _rented--;
            int size = SizeOf(block.Page.Buffer.Length);
            if (block.Page.Buffer.Length == 0 || !TryMakeRoom(block.MemoryBytes, size))
                return;
            _freeBytes += block.MemoryBytes;
            (_free[size] ??= new Stack<EventBlock>()).Push(block);
        }
    }

    private bool TryMakeRoom(long bytes, int size)
    {
        if (bytes > maxBytes)
            return false;
        while (_freeBytes + bytes > maxBytes)
        {
            int idle = size;
            for (int other = 0; other < Sizes; other++)
            {
                if (_askedFor[other] < _askedFor[idle] && _free[other] is { Count: > 0 })
                    idle = other;
            }

            if (idle == size)
                return false;
            _freeBytes -= _free[idle]!.Pop().MemoryBytes;
        }

        return true;
    }

    private static int SizeOf(int bytes) => BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)bytes));
}
