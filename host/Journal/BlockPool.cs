using System.Numerics;
using AuditHost.Journal.Records;

namespace AuditHost.Journal;

/// <summary>Keeps blocks that nobody holds, sorted by the size of their buffers, up to a limit of memory.</summary>
internal sealed class BlockPool(long maxBytes)
{
    private const int Sizes = 32;

    private readonly Lock _gate = new();
    private readonly Stack<EventBlock>?[] _free = new Stack<EventBlock>?[Sizes];
    private long _freeBytes;
    private int _rented;

    /// <summary>The blocks that are out.</summary>
    public int Rented => Volatile.Read(ref _rented);

    /// <summary>A block with a buffer of at least that many bytes, held by one reference.</summary>
    public EventBlock Rent(long bytes, ulong firstSequence)
    {
        int size = SizeOf((int)Math.Max(bytes, RecordPage.SmallestBuffer));
        EventBlock? block = null;
        lock (_gate)
        {
            _rented++;
            if (_free[size]?.TryPop(out block) ?? false)
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
            if (block.Page.Buffer.Length == 0 || _freeBytes + block.MemoryBytes > maxBytes)
                return;
            _freeBytes += block.MemoryBytes;
            (_free[SizeOf(block.Page.Buffer.Length)] ??= new Stack<EventBlock>()).Push(block);
        }
    }

    private static int SizeOf(int bytes) => BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)bytes));
}
