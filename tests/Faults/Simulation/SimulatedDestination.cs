using AuditHost.Faults.Disk;
using AuditHost.Sdk;

namespace AuditHost.Faults.Simulation;

/// <summary>The far end of a destination. It lives on while the host dies, and remembers what it took.</summary>
internal sealed class SimulatedDestination(DestinationPlan plan, SeededRandom random, DestinationLedger ledger, SimulationWorld world)
{
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;

    private int _failingStarts;

    public DestinationPlan Plan => plan;

    public DestinationLedger Ledger => ledger;

    /// <summary>What ails it for a while; <see langword="null"/> where nothing does.</summary>
    public string? Trouble { get; set; }

    /// <summary>Whether somebody mended whatever made it refuse events.</summary>
    public bool TakesAll { get; set; }

    public void FailStarts(int count) => _failingStarts = count;

    public SimulatedCall Receive(EventBatch batch, int process)
    {
        var events = new (ulong, int)[batch.Count];
        int bytes = 0;
        for (int index = 0; index < events.Length; index++)
        {
            events[index] = (batch[index].Event.Sequence, ledger.Recognise(batch[index].Event.Sequence, batch[index].Payload.Span, process));
            bytes += batch[index].Payload.Length + 1;
        }

        ledger.Require(batch.Body.Length == bytes, $"got a body of {batch.Body.Length} bytes, where its lines have {bytes}");
        ledger.Require(batch.Count <= plan.MaxBatchEvents, $"got {batch.Count} events at once");
        return new SimulatedCall(events);
    }

    public async ValueTask StartAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(random.Below(50)), time, cancellationToken);
        if (_failingStarts <= 0 || world.IsQuiet)
            return;
        _failingStarts--;
        world.Saw("start fails");
        throw new IOException("No route to host.");
    }

    public async ValueTask ProbeAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(random.Below(50)), time, cancellationToken);
        if (Trouble is not null)
            throw new IOException("No answer.");
    }

    public async ValueTask<DeliveryResult> AnswerAsync(SimulatedCall call, TimeProvider time, CancellationToken cancellationToken)
    {
        string? fault = world.IsQuiet ? null : Trouble ?? (random.OneIn(3) ? Sometimes.CallFaults[random.Below(Sometimes.CallFaults.Length)] : null);
        if (fault is not null)
            world.Saw(fault);
        world.Note(plan.Name, fault ?? "call", (long)call.Events[0].Sequence, call.Events.Count);
        if (fault == "answers at once")
            return Verdict(call);
        TimeSpan latency = TimeSpan.FromMilliseconds(fault == "slow" ? random.Below((int)plan.Timeout.TotalMilliseconds) : random.Below(60));
        if (fault == "ignores cancellation")
        {
            await Task.Delay(plan.Timeout * 2, time, CancellationToken.None);
            return Verdict(call);
        }

        await Task.Delay(latency, time, cancellationToken);
        switch (fault)
        {
            case "black hole":
                await Task.Delay(Never, time, cancellationToken);
                break;
            case "answer lost":
                Verdict(call);
                await Task.Delay(Never, time, cancellationToken);
                break;
            case "away":
                return DeliveryResult.Failed(FailureKind.Transient, "503").WithResponse(503, "away");
            case "error after taking":
                Verdict(call);
                return DeliveryResult.Failed(FailureKind.Transient, "502");
            case "partial failure":
                return Partially(call);
            case "throttled":
                return DeliveryResult.Failed(FailureKind.Throttled, "429", RetryAfter());
            case "misconfigured":
                return DeliveryResult.Failed(FailureKind.Misconfigured, "401");
            case "throws":
                throw random.Below(3) switch { 0 => new IOException("reset"), 1 => new InvalidOperationException("bug"), _ => new OperationCanceledException("own") };
            case "throws after taking":
                Verdict(call);
                throw new IOException("reset");
            case "index outside":
                return DeliveryResult.Partial([new EventFailure(call.Events.Count, FailureKind.Rejected, "who?")]);
            case "index outside after taking":
                Verdict(call);
                return DeliveryResult.Partial([new EventFailure(-1, FailureKind.Transient, "who?")]);
            case "request twice":
                Verdict(call);
                break;
            case "batch too large" when plan.Splittable && call.Events.Count > 1:
                return DeliveryResult.Failed(FailureKind.TooLarge, "413");
        }

        return Verdict(call);
    }

    public void Ended(SimulatedCall call, DeliveryResult? answer)
    {
        if (answer is not { IsDelivered: true })
            ledger.HadTrouble = true;
        foreach (int index in call.Taken)
        {
            bool told = answer is { } known && (known.IsDelivered || (known.Failures is { } failures
                && failures.All(failure => (uint)failure.Index < (uint)call.Events.Count && failure.Index != index)));
            if (!told)
                ledger.MayComeAgain(call.Events[index].Sequence);
        }
    }

    /// <summary>Takes what it takes at all.</summary>
    private DeliveryResult Verdict(SimulatedCall call)
    {
        if (plan.MostEvents is { } most && call.Events.Count > most)
        {
            world.Saw("more events than it takes");
            return DeliveryResult.Failed(FailureKind.TooLarge, "413");
        }

        EventFailure[] refused = [.. Enumerable.Range(0, call.Events.Count).Select(index => Refusal(call, index)).OfType<EventFailure>()];
        if (refused.Length > 0)
            world.Saw(refused[0].Kind == FailureKind.TooLarge ? "event too large" : "poison");
        if (refused.Length > 0 && (plan.RefusesWhole || call.Events.Count == 1))
            return DeliveryResult.Failed(refused[0].Kind, refused[0].Reason);
        Take(call, Enumerable.Range(0, call.Events.Count).Except(refused.Select(failure => failure.Index)));
        return refused.Length > 0 ? DeliveryResult.Partial(refused) : DeliveryResult.Acknowledged("ack");
    }

    private DeliveryResult Partially(SimulatedCall call)
    {
        var failures = new List<EventFailure>();
        for (int index = 0; index < call.Events.Count; index++)
        {
            if (Refusal(call, index) is { } refusal)
                failures.Add(refusal);
            else if (random.OneIn(2))
                failures.Add(new EventFailure(index, random.OneIn(2) ? FailureKind.Transient : FailureKind.Throttled, "busy"));
        }

        Take(call, Enumerable.Range(0, call.Events.Count).Except(failures.Select(failure => failure.Index)));
        return DeliveryResult.Partial(failures);
    }

    private void Take(SimulatedCall call, IEnumerable<int> indices)
    {
        foreach (int index in indices)
        {
            if (call.Taken.Add(index))
                ledger.Take(call.Events[index].Sequence, call.Events[index].Number);
        }
    }

    private EventFailure? Refusal(SimulatedCall call, int index)
    {
        int number = call.Events[index].Number;
        if (TakesAll)
            return null;
        if (plan.IsTooLarge(number))
            return new EventFailure(index, FailureKind.TooLarge, "413");
        return plan.IsPoison(number) ? new EventFailure(index, FailureKind.Rejected, "400", 400) : null;
    }

    private TimeSpan? RetryAfter()
    {
        int kind = random.Below(6);
        world.Saw(Sometimes.RetryAfters[kind]);
        return kind switch
        {
            0 => null,
            1 => TimeSpan.Zero,
            2 => TimeSpan.FromSeconds(-5),
            3 => TimeSpan.FromDays(random.OneIn(4) ? 3650 : 0) + TimeSpan.FromSeconds(20),
            4 => TimeSpan.FromMilliseconds(1),
            _ => TimeSpan.FromSeconds(1 + random.Below(5)),
        };
    }
}
