using AuditHost.Dashboard;
using AuditHost.Delivery;
using AuditHost.Faults.Disk;

namespace AuditHost.Faults.Simulation;

/// <summary>Gives orders about dead letters and the journal's past.</summary>
internal sealed class SimulatedOperator(SimulationWorld world, SimulationOracle oracle, SimulatedHost host)
{
    private readonly SeededRandom _random = world.Fork();

    public async Task GiveOrderAsync()
    {
        if (host.Site is not { } site)
            return;
        SimulatedProcess process = host.Process;
        var carriedOut = new TaskCompletionSource();
        process.Start(async () =>
        {
            try
            {
                await CarryOutAsync(site);
            }
            catch (IOException)
            {
                world.Saw("order refused: disk failed");
            }
            catch (ObjectDisposedException) when (host.Site != site)
            {
                world.Saw("order met a stop");
            }

            carriedOut.TrySetResult();
        });
        await Task.WhenAny(carriedOut.Task, world.Delay(20_000));
        if (process.IsDead)
            world.Saw("order cut short by a crash");
    }

    private async Task CarryOutAsync(Site site)
    {
        SimulatedDestination target = host.Destinations[_random.Below(host.Destinations.Count)];
        if (site.FindLane(target.Plan.Name) is null)
            return;
        await using var control = new SiteControl(site, host.Clock);
        DeadLetter[] letters = [.. site.DeadLetters.Letters().Where(letter => letter.Destination == target.Plan.Name).Take(1 + _random.Below(3))];
        var query = new DeadLetterQuery { Ids = [.. letters.Select(letter => letter.Id)] };
        int order = _random.Below(4);
        if (order == 3 && target.Plan.GiveUpAfter is null)
        {
            await ReplayRangeAsync(control, site, target);
            return;
        }

        if (letters.Length == 0)
            return;
        foreach (DeadLetter letter in letters)
            target.Ledger.Order(letter.Sequence);
        if (order == 0)
        {
            DiscardReport discarded = await control.DiscardAsync(query, CancellationToken.None);
            if (discarded.Discarded > 0)
                world.Saw("dead letter discarded");
            return;
        }

        SimulatedDestination other = order == 1 ? target : host.Destinations[_random.Below(host.Destinations.Count)];
        target.TakesAll |= other == target && _random.OneIn(2);
        foreach (DeadLetter letter in letters)
            other.Ledger.Wish(letter.Sequence);
        ReplayReport report = await control.ReplayAsync(new ReplayOrder { DeadLetters = query, Destination = other.Plan.Name }, CancellationToken.None);
        if (report.Delivered > 0)
            world.Saw(other == target ? "dead letter replayed" : "dead letter redirected");
    }

    private async Task ReplayRangeAsync(SiteControl control, Site site, SimulatedDestination target)
    {
        ulong head = site.Journal.NextSequence;
        ulong from = head > 5 ? head - 5 : 1;
        for (ulong sequence = from; sequence < head; sequence++)
        {
            // What is in the journal may not be accepted yet: its sender waits for the answer.
            if (!oracle.Log.TryGetValue(sequence, out StoredEvent stored) || target.Plan.Passes(stored.Number))
                target.Ledger.Wish(sequence);
        }

        ReplayReport report = await control.ReplayAsync(new ReplayOrder { Destination = target.Plan.Name, From = from, To = head - 1 }, CancellationToken.None);
        if (report.Delivered > 0)
            world.Saw("range replayed");
    }
}
