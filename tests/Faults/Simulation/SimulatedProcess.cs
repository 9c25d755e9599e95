namespace AuditHost.Faults.Simulation;

/// <summary>
/// What runs together and dies together: the host between its start and its end, or the world around it. Everything awaited in it comes
/// back to it, and once it is dead nothing does.
/// </summary>
internal sealed class SimulatedProcess(SimulatedScheduler scheduler, int number) : SynchronizationContext
{
    public SimulatedScheduler Scheduler => scheduler;

    /// <summary>Its place among all that were started.</summary>
    public int Number => number;

    public bool IsDead { get; private set; }

    public void Kill() => IsDead = true;

    /// <summary>Begins something; what it throws ends the run.</summary>
    public void Start(Func<Task> work) => Post(_ => _ = GuardedAsync(work), null);

    public override void Post(SendOrPostCallback d, object? state) => scheduler.Enqueue(this, d, state);

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing in the host blocks on its context.");

    public override SynchronizationContext CreateCopy() => this;

    private async Task GuardedAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (!IsDead)
        {
            scheduler.Fail(exception);
        }
    }
}
