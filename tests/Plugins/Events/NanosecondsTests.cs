using AuditHost.PluginKit.Events;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Events;

public sealed class NanosecondsTests
{
    [Theory]
    [InlineData("\"2026-11-23T20:00:00.123456789Z\"", 89)]
    [InlineData("\"2026-11-23T20:00:00,123456789Z\"", 89)]
    [InlineData("\"2026-11-23T20:00:00.12345678+01:00\"", 80)]
    [InlineData("\"2026-11-23T20:00:00.1234567890123Z\"", 89)]
    [InlineData("\"2026-11-23T20:00:00.1234567Z\"", 0)]
    [InlineData("\"2026-11-23T20:00:00.1+12:34\"", 0)]
    [InlineData("\"2026-11-23T20:00:00Z\"", 0)]
    [InlineData("1795464000.123456789", 0)]
    [InlineData("null", 0)]
    public void What_a_tick_does_not_hold_is_in_the_text(string timestamp, int expected) =>
        Assert.Equal(expected, Nanoseconds.BelowTick(TestEvent.Parse($$"""{"event_id":"e","timestamp":{{timestamp}}}""")));
}
