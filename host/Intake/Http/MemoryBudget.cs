namespace AuditHost.Intake.Http;

/// <summary>What all requests together may hold in memory, so that many large ones at once cannot take the host down.</summary>
internal sealed class MemoryBudget(long limit)
{
    private long _taken;

    public long Limit { get; } = limit;

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= Limit)
            return true;
        Give(bytes);
        return false;
    }

    public void Give(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
