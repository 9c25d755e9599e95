using AuditHost.Connectors.NewRelic;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;
using static AuditHost.Plugins.Tests.NewRelic.NewRelicTests;

namespace AuditHost.Plugins.Tests.NewRelic;

/// <summary>What writing a request allocates does not grow with its events.</summary>
public sealed class NewRelicAllocationTests
{
    private static readonly NewRelicSettings Settings = new() { LicenseKey = "k", AccountId = "1", LogAttributes = LogAttributes.All, Send = [TelemetryKind.Logs, TelemetryKind.Events, TelemetryKind.Traces, TelemetryKind.Metrics] };

    [Theory]
    [InlineData(TelemetryKind.Logs)]
    [InlineData(TelemetryKind.Events)]
    [InlineData(TelemetryKind.Traces)]
    [InlineData(TelemetryKind.Metrics)]
    public void No_event_allocates(TelemetryKind kind)
    {
        ITelemetryBody body = NewRelicOptions.Of(Settings, TimeProvider.System).Feeds.Single(feed => feed.Kind == kind).Body;
        long few = Measure(body, Batch(10));
        long many = Measure(body, Batch(500));

        Assert.InRange(many, 0, few);
    }

    private static long Measure(ITelemetryBody body, EventBatch batch) => Allocations.Least(() =>
    {
        using var plan = new BatchPlan(batch, [body.Kind]);
        using var request = new PooledBuffer(1 << 20);
        body.Write(plan, request);
    });
}
