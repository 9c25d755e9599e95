namespace AuditHost.Configuration.Options;

/// <summary>One round of attempts. After it the batch waits behind the breaker and begins a new round: no number of attempts loses it.</summary>
internal sealed record RetryOptions
{
    public TimeSpan InitialDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(10);

    public double Multiplier { get; init; } = 2.0;

    public int MaxAttempts { get; init; } = 5;
}
