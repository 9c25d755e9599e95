namespace AuditHost.Intake.Http;

/// <summary>One request's part of the budget, given back as a whole when the request ends.</summary>
internal sealed class MemoryShare(MemoryBudget budget) : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private long _taken;

    /// <exception cref="RefusedRequestException">The other requests leave no room; the sender may come again.</exception>
    public void Take(long bytes)
    {
        if (!budget.TryTake(bytes))
            throw new RefusedRequestException(Problems.Unavailable(
                $"The requests under way hold all of the {budget.Limit} bytes that {IntakeLimits.BufferedKey} allows them together.", RetryAfter));
        _taken += bytes;
    }

    public void Dispose()
    {
        budget.Give(_taken);
        _taken = 0;
    }
}
