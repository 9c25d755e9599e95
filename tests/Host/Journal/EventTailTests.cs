using AuditHost.Journal;

namespace AuditHost.Tests.Journal;

/// <summary>A full tail of eight blocks, of which the next quarter of its memory will push out the oldest two.</summary>
public sealed class EventTailTests : IDisposable
{
    private const int BlockBytes = 1 << 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly EventBlock[] _blocks;
    private readonly EventTail _tail;

    public EventTailTests()
    {
        var pool = new BlockPool(0);
        _blocks = [.. Enumerable.Range(0, 8).Select(number => pool.Rent(BlockBytes, (ulong)number))];
        _tail = new EventTail(_blocks.Sum(block => block.MemoryBytes));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Writer_waits_for_who_reads_the_oldest_blocks(int oldest)
    {
        Publish(oldest);
        bool released = false;
        Task reader = Task.Run(
            () =>
            {
                Volatile.Write(ref released, true);
                _blocks[oldest].Release();
            },
            TestContext.Current.CancellationToken);

        _tail.WaitForReaders(Patience);

        Assert.True(Volatile.Read(ref released));
        await reader;
    }

    /// <summary>With the patience of a minute for each that is held, this would not end in time.</summary>
    [Fact]
    public void Writer_waits_for_nobody_else()
    {
        _tail.WaitForReaders(Patience);
        Publish(2, 3, 4, 5, 6, 7);

        _tail.WaitForReaders(Patience);

        Assert.All(_blocks[2..], block => Assert.True(block.IsShared));
        Release(2, 3, 4, 5, 6, 7);
    }

    [Fact]
    public void Writer_does_not_wait_for_ever()
    {
        Publish(0);

        _tail.WaitForReaders(TimeSpan.FromMilliseconds(1));

        Assert.True(_blocks[0].IsShared);
        Release(0);
    }

    [Fact]
    public void Tail_that_has_room_is_nobodys_edge()
    {
        _blocks[0].AddReference();
        foreach (EventBlock block in _blocks[..5])
            _tail.Publish(block);

        _tail.WaitForReaders(Patience);

        Release(0);
        foreach (EventBlock block in _blocks[5..])
            block.Release();
    }

    public void Dispose() => _tail.Dispose();

    private void Publish(params int[] held)
    {
        foreach (int number in held)
            _blocks[number].AddReference();
        foreach (EventBlock block in _blocks)
            _tail.Publish(block);
    }

    private void Release(params int[] held)
    {
        foreach (int number in held)
            _blocks[number].Release();
    }
}
