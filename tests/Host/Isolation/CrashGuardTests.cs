using AuditHost.Delivery;
using AuditHost.Isolation;
using AuditHost.Sdk;

namespace AuditHost.Tests.Isolation;

/// <summary>Who is suspected of having ended a plugin's process, and who is not.</summary>
[Promise("G8")]
public sealed class CrashGuardTests : IDisposable
{
    private readonly CrashGuard _guard = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _guard.Dispose();

    [Fact]
    public async Task First_end_suspects_nobody()
    {
        Assert.Equal(FailureKind.Transient, await EndAsync(1, 10));
    }

    [Fact]
    public async Task Batch_that_ends_another_process_alone_is_to_be_halved()
    {
        await EndAsync(1, 10);

        Assert.Equal(HostFailure.SuspectedPoison, await EndAsync(1, 10));
    }

    [Fact]
    public async Task Single_event_is_refused_at_the_third_end_and_not_before()
    {
        Assert.Equal(FailureKind.Transient, await EndAsync(5, 1));
        Assert.Equal(FailureKind.Transient, await EndAsync(5, 1));
        Assert.Equal(HostFailure.SuspectedPoison, await EndAsync(5, 1));
    }

    [Fact]
    public async Task Destination_that_is_away_does_not_make_a_backlog_suspect()
    {
        await EndAsync(1, 1);
        var ends = new List<int>();
        for (ulong sequence = 1; sequence <= 5; sequence++)
        {
            int count = 1;
            while (await EndAsync(sequence, 1) != HostFailure.SuspectedPoison)
                count++;
            ends.Add(count);
        }

        Assert.Equal([2, 4, 8, 16, 32], ends);
    }

    [Fact]
    public async Task Call_that_came_back_makes_the_next_refusal_as_quick_as_the_first()
    {
        await EndAsync(1, 1);
        await EndAsync(1, 1);
        Assert.Equal(HostFailure.SuspectedPoison, await EndAsync(1, 1));
        await ReturnAsync(2, 1);

        Assert.Equal(FailureKind.Transient, await EndAsync(3, 1));
        Assert.Equal(HostFailure.SuspectedPoison, await EndAsync(3, 1));
    }

    [Fact]
    public async Task Event_that_came_back_in_between_is_innocent()
    {
        await EndAsync(5, 1);
        await EndAsync(5, 1);
        await ReturnAsync(5, 1);

        Assert.Equal(FailureKind.Transient, await EndAsync(5, 1));
    }

    [Fact]
    public async Task After_an_end_calls_go_one_at_a_time()
    {
        await EndAsync(1, 10);
        CrashGuard.Turn first = await _guard.EnterAsync(BatchOf(1, 5), Stop);
        Task<CrashGuard.Turn> second = _guard.EnterAsync(BatchOf(6, 5), Stop).AsTask();

        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second.WaitAsync(TimeSpan.FromSeconds(30), Stop)).Dispose();
    }

    [Fact]
    public async Task Calls_run_side_by_side_again_once_enough_of_them_came_back()
    {
        await EndAsync(1, 10);
        for (ulong first = 1; first <= 20; first++)
            await ReturnAsync(first, 1);

        using CrashGuard.Turn one = await _guard.EnterAsync(BatchOf(1, 5), Stop);
        using CrashGuard.Turn two = await _guard.EnterAsync(BatchOf(6, 5), Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Stop);
    }

    [Fact]
    public async Task End_with_two_calls_under_way_suspects_neither()
    {
        using CrashGuard.Turn one = await _guard.EnterAsync(BatchOf(1, 5), Stop);
        await EndAsync(6, 5);

        Assert.Equal(FailureKind.Transient, await EndAsync(6, 5));
    }

    private async Task<FailureKind> EndAsync(ulong first, int count)
    {
        using CrashGuard.Turn turn = await _guard.EnterAsync(BatchOf(first, count), Stop);
        return turn.Ended("It ended.").Kind;
    }

    private async Task ReturnAsync(ulong first, int count)
    {
        using CrashGuard.Turn turn = await _guard.EnterAsync(BatchOf(first, count), Stop);
        turn.Returned();
    }

    private static EventBatch BatchOf(ulong first, int count) => IsolationEvents.BatchOf([.. Enumerable.Range(0, count).Select(i => IsolationEvents.Parse(first + (ulong)i))]);
}
