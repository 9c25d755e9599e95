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
        EventBatch[] batches = [.. Enumerable.Range(0, 12).Select(_ => Batch([.. Enumerable.Repeat(events, 20).SelectMany(one => one)]))];
        await connector.SendAsync(batches[0], Cancelled);
        await connector.SendAsync(batches[1], Cancelled);

        int next = 2;
        Assert.Equal(0, Allocations.Least(() =>
        {
            ValueTask<DeliveryResult> sending = connector.SendAsync(batches[next++], Cancelled);
            Assert.True(sending.IsCompletedSuccessfully);
        }));
        Assert.Equal("240", SeriesOf(await ScrapeAsync(connector))["""copybook_audit_events_total{event_type="Foreign",severity="Info"}"""]);
    }
}
