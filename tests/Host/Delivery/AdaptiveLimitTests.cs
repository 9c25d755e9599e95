using AuditHost.Delivery;
using AuditHost.Sdk;

namespace AuditHost.Tests.Delivery;

public sealed class AdaptiveLimitTests(ITestOutputHelper output)
{
    private const int Senders = 64;

    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly DeliveryResult Throttled = DeliveryResult.Failed(FailureKind.Throttled, "slow down");

    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData("throttles", 0.10, 0.10)]
    [InlineData("slows down", 0.30, 1)]
    public void Destination_that_suffers_under_load_is_sent_about_what_the_best_fixed_limit_sends(string way, double lost, double throttled)
    {
        OverloadModel[] all = [.. Enumerable.Range(1, Senders).Select(limit => Model(way).Run(Minutes, limit))];
        OverloadModel best = all.MaxBy(model => model.Delivered)!;
        OverloadModel worst = all[^1];
        OverloadModel adaptive = Model(way).Run(Minutes);
        output.WriteLine(
            $"{way}: best fixed {best.Delivered}, at the most {worst.Delivered} with {worst.Throttled} throttled, adaptive {adaptive.Delivered} with {adaptive.Throttled} throttled, limit {adaptive.Limit}");

        Assert.InRange(adaptive.Delivered, (1 - lost) * best.Delivered, best.Delivered);
        Assert.True(worst.Throttled > 1000 || worst.Delivered < best.Delivered / 2, "The destination must suffer.");
        Assert.InRange(adaptive.Throttled, 0, throttled * worst.Throttled);
    }

    [Fact]
    public void Destination_that_keeps_up_is_never_held_back()
    {
        OverloadModel fast = new(Senders, static _ => false, static _ => TimeSpan.FromMilliseconds(50));

        Assert.Equal(fast.Run(Minutes, Senders).Delivered, new OverloadModel(Senders, static _ => false, static _ => TimeSpan.FromMilliseconds(50)).Run(Minutes).Delivered);
    }

    [Fact]
    public void Limit_is_halved_once_for_each_round_trip_and_never_below_one()
    {
        var limit = new AdaptiveLimit(8, Timeout, _time);
        long[] round = Enter(limit, 8);
        Assert.False(limit.TryEnter(out _));

        Assert.All(round, startedAt => Leave(limit, startedAt, Throttled, TimeSpan.FromMilliseconds(1)));
        Assert.Equal(4, limit.Current);
        for (int trip = 0; trip < 5; trip++)
            Leave(limit, Enter(limit, 1)[0], Throttled, TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, limit.Current);
        Assert.True(limit.TryEnter(out _));
    }

    [Fact]
    public void Call_without_an_answer_in_time_counts_as_overload_and_other_failures_do_not()
    {
        var limit = new AdaptiveLimit(8, Timeout, _time);

        Leave(limit, Enter(limit, 1)[0], DeliveryResult.Failed(FailureKind.Transient, "reset"), TimeSpan.FromSeconds(1));
        Leave(limit, Enter(limit, 1)[0], DeliveryResult.Failed(FailureKind.Misconfigured, "401"), Timeout);
        Leave(limit, Enter(limit, 1)[0], null, Timeout);
        Assert.Equal(8, limit.Current);
        Leave(limit, Enter(limit, 1)[0], DeliveryResult.Failed(FailureKind.Transient, "no answer"), Timeout);

        Assert.Equal(4, limit.Current);
    }

    [Fact]
    public void Limit_grows_by_one_for_each_round_that_uses_it_and_not_for_an_idle_lane()
    {
        var limit = new AdaptiveLimit(8, Timeout, _time);
        Leave(limit, Enter(limit, 1)[0], Throttled, TimeSpan.Zero);
        _time.Advance(TimeSpan.FromSeconds(1));

        for (int call = 0; call < 100; call++)
            Leave(limit, Enter(limit, 1)[0], DeliveryResult.Delivered, TimeSpan.FromMilliseconds(50));
        Assert.Equal(4, limit.Current);
        var underWay = new Queue<long>(Enter(limit, 4));
        for (int round = 0; round < 6; round++)
        {
            for (int call = limit.Current; call > 0; call--)
            {
                Leave(limit, underWay.Dequeue(), DeliveryResult.Delivered, TimeSpan.FromMilliseconds(1));
                while (limit.TryEnter(out long startedAt))
                    underWay.Enqueue(startedAt);
            }
        }

        Assert.Equal(8, limit.Current);
    }

    [Fact]
    public void Batches_of_different_sizes_are_not_compared()
    {
        var limit = new AdaptiveLimit(8, Timeout, _time);

        for (int call = 0; call < 100; call++)
        {
            Leave(limit, Enter(limit, 1)[0], DeliveryResult.Delivered, TimeSpan.FromMilliseconds(5), events: 1);
            Leave(limit, Enter(limit, 1)[0], DeliveryResult.Delivered, TimeSpan.FromSeconds(2), events: 5000);
        }

        Assert.Equal(8, limit.Current);
    }

    [Fact]
    public void Destination_that_has_become_slower_for_good_gets_its_places_back()
    {
        int calls = 0;
        var model = new OverloadModel(8, static _ => false, _ => TimeSpan.FromMilliseconds(++calls < 1000 ? 50 : 500));

        Assert.Equal(8, model.Run(TimeSpan.FromMinutes(10)).Limit);
    }

    private static OverloadModel Model(string way) => way == "throttles"
        ? new OverloadModel(Senders, static calls => calls > 2 * OverloadModel.Capacity, static calls => Slowed(calls, 1))
        : new OverloadModel(Senders, static _ => false, static calls => Slowed(calls, 2));

    private static TimeSpan Slowed(int calls, double power) => TimeSpan.FromMilliseconds(100 * Math.Pow(Math.Max(1, calls / (double)OverloadModel.Capacity), power));

    private static long[] Enter(AdaptiveLimit limit, int count) => [.. Enumerable.Range(0, count).Select(_ =>
    {
        Assert.True(limit.TryEnter(out long startedAt));
        return startedAt;
    })];

    private void Leave(AdaptiveLimit limit, long startedAt, DeliveryResult? result, TimeSpan duration, int events = 100)
    {
        _time.Advance(duration);
        limit.Leave(startedAt, events, result);
    }
}
