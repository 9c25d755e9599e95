using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Sdk;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Delivery;

public sealed class ConsecutiveFailureBreakerTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(60);

    private readonly ManualTimeProvider _time = new();
    private readonly Queue<TaskCompletionSource<DeliveryResult>> _calls = new();
    private readonly ConsecutiveFailureBreaker _breaker;
    private readonly BreakerSender _sender;
    private bool _hold;
    private FailureKind _answer = FailureKind.Transient;

    public ConsecutiveFailureBreakerTests()
    {
        _breaker = new ConsecutiveFailureBreaker(new BreakerOptions { FailureThreshold = 3, Pause = Pause, HalfOpenMaxCalls = 2 }, _time);
        _sender = new BreakerSender(new ConnectorSender(new ScriptedConnector(AnswerAsync)), _breaker);
    }

    [Fact]
    public async Task Failures_that_are_not_in_a_row_do_not_open_it()
    {
        for (int turn = 0; turn < 5; turn++)
        {
            await SendAsync();
            await SendAsync();
            _answer = default;
            await SendAsync();
            _answer = FailureKind.Transient;
        }

        Assert.Equal(BreakerState.Closed, _breaker.State);
    }

    [Fact]
    public async Task Open_breaker_lets_no_call_through_and_names_the_time_that_is_left()
    {
        await OpenAsync();
        _calls.Clear();
        _time.Advance(TimeSpan.FromSeconds(20));

        DeliveryResult result = await SendAsync();

        Assert.Equal((FailureKind.Transient, TimeSpan.FromSeconds(40)), (result.Kind, result.RetryAfter));
        Assert.Equal(TimeSpan.FromSeconds(40), _breaker.RemainingPause);
        Assert.Empty(_calls);
    }

    [Fact]
    public async Task One_failed_trial_opens_it_again_for_a_whole_pause()
    {
        await OpenAsync();
        _time.Advance(Pause);
        _answer = default;
        await SendAsync();
        Assert.Equal(BreakerState.HalfOpen, _breaker.State);
        _time.Advance(TimeSpan.FromSeconds(5));
        _answer = FailureKind.Transient;

        await SendAsync();

        Assert.Equal((BreakerState.Open, Pause), (_breaker.State, _breaker.RemainingPause));
    }

    [Fact]
    public async Task Trials_of_an_earlier_pause_do_not_count()
    {
        await OpenAsync();
        foreach (FailureKind answer in new FailureKind[] { default, FailureKind.Transient })
        {
            _time.Advance(Pause);
            _answer = answer;
            await SendAsync();
        }

        _time.Advance(Pause);
        _answer = default;
        await SendAsync();

        Assert.Equal(BreakerState.HalfOpen, _breaker.State);
    }

    [Fact]
    public async Task Half_open_breaker_lets_so_many_trials_through_at_a_time()
    {
        await OpenAsync();
        _time.Advance(Pause);
        _hold = true;
        _calls.Clear();
        Task<DeliveryResult>[] trials = [SendAsync(), SendAsync()];

        Assert.Equal(FailureKind.Transient, (await SendAsync()).Kind);
        Assert.Equal(2, _calls.Count);

        while (_calls.TryDequeue(out TaskCompletionSource<DeliveryResult>? call))
            call.SetResult(DeliveryResult.Delivered);
        await Task.WhenAll(trials);
        Assert.Equal(BreakerState.Closed, _breaker.State);
    }

    [Fact]
    public async Task Cancelled_trial_says_nothing_and_gives_its_place_back()
    {
        await OpenAsync();
        _time.Advance(Pause);
        _hold = true;
        using var stop = new CancellationTokenSource();
        Task<DeliveryResult>[] trials = [SendUntilAsync(stop.Token), SendUntilAsync(stop.Token)];
        await stop.CancelAsync();
        foreach (Task<DeliveryResult> trial in trials)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trial);
        Assert.Equal(BreakerState.HalfOpen, _breaker.State);

        _hold = false;
        _answer = default;
        await SendAsync();
        await SendAsync();

        Assert.Equal(BreakerState.Closed, _breaker.State);
    }

    [Fact]
    public async Task Closed_again_it_takes_as_many_failures_as_before_to_open()
    {
        await OpenAsync();
        _time.Advance(Pause);
        _answer = default;
        await SendAsync();
        await SendAsync();
        _answer = FailureKind.Transient;

        await SendAsync();
        await SendAsync();
        Assert.Equal(BreakerState.Closed, _breaker.State);
        await SendAsync();
        Assert.Equal(BreakerState.Open, _breaker.State);
    }

    private async Task OpenAsync()
    {
        for (int failure = 0; failure < 3; failure++)
            await SendAsync();
        Assert.Equal(BreakerState.Open, _breaker.State);
    }

    private Task<DeliveryResult> SendAsync() => SendUntilAsync(TestContext.Current.CancellationToken);

    private Task<DeliveryResult> SendUntilAsync(CancellationToken stop) => _sender.SendAsync(Batches.Of(1), stop).AsTask().WaitAsync(JournalFolder.Patience, CancellationToken.None);

    private async ValueTask<DeliveryResult> AnswerAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var call = new TaskCompletionSource<DeliveryResult>();
        _calls.Enqueue(call);
        if (_hold)
            return await call.Task.WaitAsync(cancellationToken);
        return _answer == default ? DeliveryResult.Delivered : DeliveryResult.Failed(_answer, "no");
    }
}
