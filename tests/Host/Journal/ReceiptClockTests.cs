using AuditHost.Journal;

namespace AuditHost.Tests.Journal;

[Promise("G12")]
public sealed class ReceiptClockTests
{
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(3653)]
    [InlineData(-3653)]
    public void Age_does_not_jump_with_the_clock(int days)
    {
        var clock = new ReceiptClock(_time, 1);
        DateTimeOffset before = clock.Stamp(1);
        _time.Advance(TimeSpan.FromMinutes(5));
        _time.DateOffset += TimeSpan.FromDays(days);
        DateTimeOffset after = clock.Stamp(2);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.FromMinutes(6), clock.AgeOf(1, before));
        Assert.Equal(TimeSpan.FromMinutes(1), clock.AgeOf(2, after));
    }

    [Fact]
    public void Clock_set_back_again_and_again_leaves_ages_alone()
    {
        var clock = new ReceiptClock(_time, 1);
        DateTimeOffset[] received = new DateTimeOffset[5000];
        for (int number = 0; number < received.Length; number++)
        {
            received[number] = clock.Stamp((ulong)number + 1);
            _time.Advance(TimeSpan.FromSeconds(1));
            _time.DateOffset += TimeSpan.FromSeconds(-2);
        }

        // Jumps without end are remembered for as long as there is room; older ages come out too low, never too high.
        for (int number = 0; number < received.Length; number++)
            Assert.InRange(clock.AgeOf((ulong)number + 1, received[number]), TimeSpan.Zero, TimeSpan.FromSeconds(received.Length - number + 2));
        Assert.InRange(clock.AgeOf(4500, received[4499]), TimeSpan.FromSeconds(499), TimeSpan.FromSeconds(503));
    }

    [Fact]
    public void What_an_earlier_process_received_counts_by_the_time_of_day_at_the_start_and_is_not_from_the_future()
    {
        var clock = new ReceiptClock(_time, 10);
        DateTimeOffset start = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromHours(1));
        _time.DateOffset += TimeSpan.FromDays(3653);

        Assert.Equal(TimeSpan.FromHours(3), clock.AgeOf(9, start - TimeSpan.FromHours(2)));
        Assert.Equal(TimeSpan.FromHours(1), clock.AgeOf(9, start + TimeSpan.FromDays(3653)));
    }
}
