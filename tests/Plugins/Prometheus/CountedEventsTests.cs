using AuditHost.Connectors.Prometheus;
using AuditHost.Connectors.Prometheus.Metrics;

namespace AuditHost.Plugins.Tests.Prometheus;

/// <summary>Each event counts, and counts once, in whatever order lane and replays bring them.</summary>
public sealed class CountedEventsTests : PrometheusTest
{
    [Fact]
    public async Task A_replay_ahead_of_the_lane_costs_no_event_in_between()
    {
        PrometheusConnector connector = await StartAsync();

        foreach (ulong[] places in new ulong[][] { [1, 2], [90, 91, 92], [3, 4, 90], [89, 91, 93], [1, 2, 3] })
            Assert.True((await connector.SendAsync(BatchAt(PrometheusEvents.Of("Foreign"), places), Cancelled)).IsDelivered);

        // 1 to 4 and 89 to 93.
        Assert.Equal("9", SeriesOf(await ScrapeAsync(connector))["""copybook_audit_events_total{event_type="Foreign",severity="Info"}"""]);
    }

    [Fact]
    public void Whatever_the_order_each_is_new_once()
    {
        var random = new Random(20261127);
        var counted = new CountedEvents(most: 2000);
        var expected = new HashSet<ulong>();

        for (int i = 0; i < 20_000; i++)
        {
            ulong place = (ulong)random.Next(1, 3000);
            Assert.Equal(expected.Add(place), counted.TryAdd(place));
        }

        Assert.InRange(expected.Count, 2900, 2999);
    }

    [Fact]
    public void What_is_too_old_is_forgotten_and_no_event_of_now_is()
    {
        var counted = new CountedEvents(most: 20);
        for (ulong place = 1; place <= 999; place += 2)
            Assert.True(counted.TryAdd(place));

        for (ulong place = 981; place <= 999; place += 2)
            Assert.False(counted.TryAdd(place));
        Assert.True(counted.TryAdd(1));
        Assert.False(counted.TryAdd(1));
    }

    [Fact]
    public void A_replay_from_the_beginning_knows_what_it_has_brought()
    {
        var counted = new CountedEvents(most: 20);
        for (ulong place = 1001; place <= 1099; place += 2)
            counted.TryAdd(place);

        for (ulong place = 1; place <= 19; place += 2)
            Assert.True(counted.TryAdd(place));
        for (ulong place = 1; place <= 19; place += 2)
            Assert.False(counted.TryAdd(place));
    }
}
