using AuditHost.Lanes.Poison;
using AuditHost.Tests.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Tests.Lanes.Poison;

/// <summary>Lives of a lane, each ending with its process: the guard is left as it is and the next one reads the same file.</summary>
[Promise("G8")]
public sealed class PoisonGuardTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audithost-poison-").FullName;
    private readonly List<PoisonGuard> _lives = [];
    private readonly ManualTimeProvider _time = new();
    private readonly FaultyStorage _storage = new();

    [Fact]
    public async Task End_without_progress_makes_a_lane_careful()
    {
        Assert.False((await BornAsync(5)).IsCareful);
        Assert.True((await BornAsync(5)).IsCareful);
    }

    [Fact]
    public async Task Progress_makes_it_begin_anew()
    {
        await BornAsync(5);

        Assert.False((await BornAsync(6)).IsCareful);
        Assert.True((await BornAsync(6)).IsCareful);
    }

    [Fact]
    public async Task Stop_in_order_makes_it_begin_anew()
    {
        (await BornAsync(5)).End();
        PoisonGuard second = await BornAsync(5);
        PoisonGuard careful = await BornAsync(5);
        careful.Mark(5);
        careful.End();

        Assert.False(second.IsCareful);
        PoisonGuard after = await BornAsync(5);
        Assert.False(after.IsCareful);
        Assert.False(after.IsSuspected(5));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task Event_marked_at_two_ends_is_suspected_and_no_other(int marked, bool suspected)
    {
        await CarefulAsync();
        for (int end = 0; end < marked; end++)
            (await BornAsync(5)).Mark(7);

        PoisonGuard last = await BornAsync(5);
        Assert.Equal(suspected, last.IsSuspected(7));
        Assert.False(last.IsSuspected(6));
    }

    [Fact]
    public async Task Mark_outlives_progress_before_it_and_nothing_beyond_it()
    {
        await CarefulAsync();
        (await BornAsync(5)).Mark(7);
        PoisonGuard second = await BornAsync(7);
        Assert.True(second.IsCareful);
        second.Mark(7);

        Assert.True((await BornAsync(7)).IsSuspected(7));
        PoisonGuard beyond = await BornAsync(8);
        Assert.False(beyond.IsCareful);
        Assert.False(beyond.IsSuspected(7));
    }

    [Fact]
    public async Task Host_killed_while_an_event_waits_to_be_tried_again_suspects_nothing()
    {
        await CarefulAsync();
        for (int end = 0; end < 10; end++)
        {
            PoisonGuard life = await BornAsync(5);
            life.Mark(5);
            life.Unmark();
            if (end % 2 == 0)
            {
                life.Mark(5);
                life.Returned();
            }
        }

        Assert.False((await BornAsync(5)).IsSuspected(5));
    }

    [Fact]
    public async Task Call_that_returned_takes_back_what_was_counted_before()
    {
        await CarefulAsync();
        (await BornAsync(5)).Mark(5);
        PoisonGuard second = await BornAsync(5);
        second.Mark(5);
        second.Returned();
        (await BornAsync(5)).Mark(5);

        Assert.False((await BornAsync(5)).IsSuspected(5));
    }

    [Fact]
    public async Task Further_attempt_waits_so_that_a_host_which_never_lives_long_suspects_nothing()
    {
        await CarefulAsync();
        (await BornAsync(5)).Mark(5);
        PoisonGuard life = Create();
        Task begun = life.BeginAsync(5, window: 3, CancellationToken.None);
        await _time.WaitForTimersAsync();
        Assert.False(begun.IsCompleted);
        Assert.Equal(5, _time.AdvanceToNextTimer().TotalSeconds);
        await begun;
        life.Mark(5);

        Assert.True((await BornAsync(5)).IsSuspected(5));
    }

    [Fact]
    public async Task Lane_that_nothing_waited_for_is_not_careful()
    {
        await BornAsync(5);
        PoisonGuard life = Create();
        await life.BeginAsync(5, window: 0, CancellationToken.None);

        Assert.False(life.IsCareful);
    }

    [Fact]
    public async Task Care_ends_behind_the_last_event_that_can_have_been_under_way()
    {
        await CarefulAsync();
        PoisonGuard life = await BornAsync(5);

        life.Passed();
        life.Passed();
        Assert.True(life.IsCareful);
        life.Passed();

        Assert.False(life.IsCareful);
    }

    [Fact]
    public async Task Destination_without_room_for_the_file_delivers_all_the_same()
    {
        _storage.BeforeCreate = _ => throw FaultyStorage.NoSpace();

        Assert.False((await BornAsync(5)).IsCareful);
        _storage.BeforeCreate = null;
        await CarefulAsync();
    }

    [Fact]
    public async Task Damaged_file_begins_anew_and_a_failing_disk_does_not_stop_the_lane()
    {
        await CarefulAsync();
        string file = Assert.Single(Directory.GetFiles(_folder, "*.attempt"));
        File.WriteAllBytes(file, new byte[1024]);

        Assert.False((await BornAsync(5)).IsCareful);
        PoisonGuard careful = await BornAsync(5);
        _storage.BeforeWrite = (_, _) => throw FaultyStorage.InputOutputError();
        careful.Mark(5);
        careful.Returned();
        Assert.True(careful.IsCareful);
    }

    public void Dispose()
    {
        _lives.ForEach(static life => life.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Lives that leave the next one careful at 5.</summary>
    private async Task CarefulAsync()
    {
        await BornAsync(5);
        Assert.True((await BornAsync(5)).IsCareful);
    }

    private async Task<PoisonGuard> BornAsync(ulong position)
    {
        PoisonGuard life = Create();
        Task begun = life.BeginAsync(position, window: 3, CancellationToken.None);
        while (!begun.IsCompleted)
            _time.AdvanceToNextTimer();
        await begun;
        return life;
    }

    private PoisonGuard Create()
    {
        var life = new PoisonGuard(() => AttemptFile.Open(_folder, "d.e", _storage), new PoisonTurns(_time), _time, NullLogger.Instance);
        _lives.Add(life);
        return life;
    }
}
