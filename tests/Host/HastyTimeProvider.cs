namespace AuditHost.Tests;

/// <summary>The machine's clock, faster: for pauses of the code under test that a test need not sit through.</summary>
internal sealed class HastyTimeProvider : TimeProvider
{
    private const int Haste = 50;

    public override long GetTimestamp() => System.GetTimestamp() * Haste;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Hastened(dueTime), Hastened(period));

    private static TimeSpan Hastened(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Haste;
}
