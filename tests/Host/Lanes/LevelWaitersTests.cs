using AuditHost.Lanes;

namespace AuditHost.Tests.Lanes;

public sealed class LevelWaitersTests
{
    private readonly LevelWaiters _waiters;
    private ulong _position = 1;

    public LevelWaitersTests() => _waiters = new LevelWaiters(() => _position);

    [Fact]
    public async Task Waiter_ends_when_everything_before_its_point_is_settled_and_not_earlier()
    {
        Task<bool> near = _waiters.AddAsync(5);
        Task<bool> far = _waiters.AddAsync(6);

        MoveTo(4);
        Assert.False(near.IsCompleted);
        MoveTo(5);

        Assert.True(await near);
        Assert.False(far.IsCompleted);
    }

    [Fact]
    public async Task Whoever_asks_for_what_is_settled_already_does_not_wait()
    {
        MoveTo(5);

        Assert.True(await _waiters.AddAsync(5));
    }

    [Fact]
    public async Task Stall_ends_every_wait_in_vain_but_not_those_that_begin_after_it()
    {
        Task<bool> before = _waiters.AddAsync(5);

        _waiters.Stall();
        Task<bool> after = _waiters.AddAsync(5);

        Assert.False(await before);
        Assert.False(after.IsCompleted);
        MoveTo(5);
        Assert.True(await after);
    }

    [Fact]
    public async Task Stall_tells_those_whose_point_is_reached_so()
    {
        Task<bool> reached = _waiters.AddAsync(5);
        Task<bool> beyond = _waiters.AddAsync(6);
        _position = 5;

        _waiters.Stall();

        Assert.True(await reached);
        Assert.False(await beyond);
    }

    [Fact]
    public async Task After_a_break_nobody_waits_for_what_will_not_come()
    {
        Task<bool> before = _waiters.AddAsync(5);
        MoveTo(4);

        _waiters.Break();

        Assert.False(await before);
        Assert.False(await _waiters.AddAsync(5));
        Assert.True(await _waiters.AddAsync(4));
    }

    private void MoveTo(ulong position)
    {
        _position = position;
        _waiters.Reached();
    }
}
