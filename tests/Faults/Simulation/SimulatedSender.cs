using AuditHost.Faults.Disk;
using AuditHost.Intake;
using AuditHost.Journal;
using AuditHost.Lanes;

namespace AuditHost.Faults.Simulation;

/// <summary>Sends events until each is accepted, with the same bytes every time, and now and then once more.</summary>
internal sealed class SimulatedSender(SimulationWorld world, SimulationOracle oracle, SimulatedHost host, Func<int> nextNumber)
{
    private static readonly TimeSpan FullPatience = TimeSpan.FromSeconds(2);

    private readonly SeededRandom _random = world.Fork();
    private int[] _last = [];

    public bool IsDone { get; private set; }

    public async Task RunAsync(int batches)
    {
        for (int batch = 0; batch < batches; batch++)
        {
            await world.Delay(_random.Below(2500));
            await SendAsync([.. Enumerable.Range(0, 1 + _random.Below(6)).Select(_ => nextNumber())]);
        }

        IsDone = true;
    }

    public async Task SendAsync(int[] numbers)
    {
        // Two requests at once with the same event, as from a sender behind two paths.
        if (_last.Length > 0 && _random.OneIn(6))
            numbers = [.. numbers, _last[0]];
        _last = numbers;
        oracle.Sending(numbers);
        for (int attempt = 1; ; attempt++)
        {
            if (!world.IsQuiet && _random.OneIn(12))
                _ = TryAsync(numbers);
            if (await TryAsync(numbers))
                break;
            await world.Delay(100 + _random.Below(1500));
        }

        if (!world.IsQuiet && _random.OneIn(5))
            await TryAsync(numbers);
    }

    /// <summary>One request.</summary>
    /// <returns>Whether the host said that the events are durable.</returns>
    private async Task<bool> TryAsync(int[] numbers)
    {
        if (host.Site is not { } site)
            return false;
        var answer = new TaskCompletionSource<bool>();
        var patience = new CancellationTokenSource();
        SimulatedProcess process = host.Process;
        process.Start(async () => answer.TrySetResult(await TakeAsync(site, numbers, process, patience.Token)));
        await Task.WhenAny(answer.Task, world.Delay(500 + _random.Below(10_000)));
        if (answer.Task.IsCompleted)
            return await answer.Task;
        world.Saw("no answer in time");
        if (_random.OneIn(2))
            process.Start(() =>
            {
                patience.Cancel();
                return Task.CompletedTask;
            });
        return false;
    }

    /// <summary>The host's side of a request.</summary>
    private async Task<bool> TakeAsync(Site site, int[] numbers, SimulatedProcess process, CancellationToken cancellationToken)
    {
        IntakeBatch batch = SimulatedEvents.BatchOf(numbers);
        bool follow = _random.OneIn(6);
        using IDeliveryFollowing? following = follow ? Follow(site) : null;
        try
        {
            AppendReceipt receipt = await site.Intake.AppendAsync(batch, cancellationToken);
            int[] stored = [.. Enumerable.Range(0, batch.Count).Select(index => SimulatedEvents.NumberOf(batch[index].Json.Span) ?? 0)];
            world.Note("sender", "accepted", (long)receipt.First, stored.Length);
            oracle.Accepted(receipt, numbers, stored, process.Number);
            world.Require(host.FullSince is not { } since || stored.Length == 0 || world.Now - since < FullPatience, $"Events were accepted on a full disk.");
            if (receipt.Duplicates > 0)
                world.Saw("duplicate recognised");
            if (following is not null && receipt.Count > 0)
                await CheckDeliveryAsync(following, receipt, cancellationToken);
            return true;
        }
        catch (JournalFullException exception)
        {
            world.Note("sender", exception.Message);
            world.Saw("intake refused: full");
        }
        catch (JournalFailedException exception)
        {
            world.Note("sender", exception.Message);
            world.Saw("intake refused: disk failed");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            world.Saw("request cancelled");
        }
        catch (ObjectDisposedException) when (host.Site != site)
        {
            world.Saw("request met a stop");
        }

        return false;
    }

    private DeliveryFollowing Follow(Site site)
    {
        world.Saw("sender asked for delivery");
        var follower = new DeliveryFollower(site.Lanes, site.Journal, host.Clock);
        return (DeliveryFollowing)follower.Follow(follower.Destinations);
    }

    private async Task CheckDeliveryAsync(IDeliveryFollowing following, AppendReceipt receipt, CancellationToken cancellationToken)
    {
        foreach (DeliveryOutcome outcome in await following.WaitAsync(receipt, TimeSpan.FromSeconds(1 + _random.Below(5)), cancellationToken))
        {
            world.Require(outcome.Delivered + outcome.Filtered + outcome.DeadLettered + outcome.Pending == receipt.Count, $"{receipt.Count} events were followed: {outcome}");
            int taken = oracle.Ledgers.First(ledger => ledger.Name == outcome.Destination).TakenWithin(receipt.First, receipt.Last);
            world.Require(outcome.Delivered <= taken, $"{outcome.Delivered} events are said to be delivered, and {taken} are: {outcome}");
            world.Require(!outcome.IsSettled || outcome.Pending == 0, $"Settled, and some are pending: {outcome}");
            if (outcome.IsSettled && outcome.Delivered > 0)
                world.Saw("delivery confirmed");
        }
    }
}
