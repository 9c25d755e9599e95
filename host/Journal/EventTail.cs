namespace AuditHost.Journal;

/// <summary>The latest blocks, for the lanes that are level with the head. It holds one reference to each.</summary>
internal sealed class EventTail(long maxBytes) : IDisposable
{
    private readonly Lock _gate = new();
    private EventBlock[] _ring = new EventBlock[64];
    private int _start;
    private int _count;
    private long _bytes;

    /// <summary>Adds the block that follows the last one and lets go of the oldest beyond the limit.</summary>
    public void Publish(EventBlock block)
    {
        lock (_gate)
        {
            if (_count == _ring.Length)
                Grow();
            _ring[(_start + _count++) % _ring.Length] = block;
            _bytes += block.MemoryBytes;
            while (_bytes > maxBytes && _count > 1)
                DropOldest();
        }
    }

    /// <summary>Finds the block that holds an event; the caller has a reference to it.</summary>
    public EventBlock? TryGet(ulong sequence)
    {
        lock (_gate)
        {
            int low = 0;
            int high = _count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (At(middle).NextSequence <= sequence)
                    low = middle + 1;
                else
                    high = middle;
            }

            if (low == _count || At(low).FirstSequence > sequence)
                return null;
            EventBlock block = At(low);
            block.AddReference();
            return block;
        }
    }

    /// <summary>
    /// Lets whoever still reads the oldest blocks go on, before new ones push these out: a lane that falls out of memory here has to read and
    /// parse again from disk what it lags behind, at the cost of everybody. One that is slow anyway costs this wait while it falls, and no more.
    /// </summary>
    /// <param name="most">How long at most.</param>
    public void WaitForReaders(TimeSpan most)
    {
        long until = Environment.TickCount64 + (long)most.TotalMilliseconds;
        while (OldestInUse() is { } block)
        {
            long left = until - Environment.TickCount64;
            if (left <= 0 || !block.WaitUntilUnshared((int)left))
                return;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            while (_count > 0)
                DropOldest();
        }
    }

    /// <summary>The oldest block that is read by somebody, among those that the next quarter of the memory will push out.</summary>
    private EventBlock? OldestInUse()
    {
        lock (_gate)
        {
            long room = maxBytes - _bytes;
            for (int index = 0; index < _count && room < maxBytes / 4; index++)
            {
                EventBlock block = At(index);
                if (block.IsShared)
                    return block;
                room += block.MemoryBytes;
            }

            return null;
        }
    }

    private EventBlock At(int index) => _ring[(_start + index) % _ring.Length];

    private void DropOldest()
    {
        EventBlock oldest = _ring[_start];
        _ring[_start] = null!;
        _start = (_start + 1) % _ring.Length;
        _count--;
        _bytes -= oldest.MemoryBytes;
        oldest.Release();
    }

    private void Grow()
    {
        var larger = new EventBlock[_ring.Length * 2];
        for (int index = 0; index < _count; index++)
            larger[index] = At(index);
        _ring = larger;
        _start = 0;
    }
}
