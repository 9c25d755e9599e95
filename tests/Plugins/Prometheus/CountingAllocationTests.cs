using AuditHost.Connectors.Prometheus;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.Prometheus;

/// <summary>Counting allocates nothing once the label values have been seen.</summary>
public sealed class CountingAllocationTests : PrometheusTest
{
    [Fact]
    public async Task Counting_allocates_nothing_once_the_label_values_are_known()
    {
        PrometheusConnector connector = await StartAsync();
        string[] events =
        [
            PrometheusEvents.Parse, PrometheusEvents.Validation, PrometheusEvents.Transformation, PrometheusEvents.Measurement, PrometheusEvents.Check,
            PrometheusEvents.Security, PrometheusEvents.Of("Foreign"), PrometheusEvents.Of("\\u0045scaped"),
        ];
        EventBatch[] batches = [.. Enumerable.Range(0, 20).Select(_ => Batch([.. Enumerable.Repeat(events, 20).SelectMany(one => one)]))];
        await connector.SendAsync(batches[0], Cancelled);
        await connector.SendAsync(batches[1], Cancelled);

        // A collection that another test causes may empty the pool that decoded texts are taken of; an allocation for each event or batch
        // would show in every round.
        long least = long.MaxValue;
        for (int index = 2; index < batches.Length; index++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            ValueTask<DeliveryResult> sending = connector.SendAsync(batches[index], Cancelled);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(sending.IsCompletedSuccessfully);
            Assert.True((await sending).IsDelivered);
            least = Math.Min(least, allocated);
        }

        Assert.Equal(0, least);
        Assert.Equal("400", SeriesOf(await ScrapeAsync(connector))["""copybook_audit_events_total{event_type="Foreign",severity="Info"}"""]);
    }
}
