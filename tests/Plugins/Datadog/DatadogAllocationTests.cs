using System.Text;
using AuditHost.Connectors.Datadog;
using AuditHost.Connectors.Datadog.Logs;
using AuditHost.Connectors.Datadog.Metrics;
using AuditHost.Connectors.Datadog.Spans;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.Datadog;

/// <summary>The hot path allocates nothing for an event.</summary>
public sealed class DatadogAllocationTests : DatadogTest
{
    private static readonly DatadogOptions Options = DatadogOptions.Of(new DatadogSettings { ApiKey = "k" }, TimeProvider.System);

    [Fact]
    public void Counting()
    {
        using var progress = new BatchProgress(Mixed(), new TakenEvents());
        var metrics = new AuditMetrics("copybook");

        Assert.Equal(0, Least(() =>
        {
            metrics.CountSeries(progress, Intakes.Series);
            metrics.CollectDurations(progress, Intakes.Distributions);
        }));
        Assert.Equal(25, metrics.Families[0].Value(0));
    }

    [Fact]
    public void Logs()
    {
        var entry = new LogEntry(Options);
        EventBatch batch = Mixed();
        using var buffer = new PooledBuffer(1 << 20);

        Assert.Equal(0, Least(() =>
        {
            buffer.Clear();
            for (int index = 0; index < batch.Count; index++)
                entry.Write(batch[index], isJson: true, hasTime: true, buffer);
        }));
        Assert.Contains("e-50", Encoding.UTF8.GetString(buffer.Written.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Spans()
    {
        using var progress = new BatchProgress(Mixed(), new TakenEvents());
        var writer = new SpanWriter(Options);
        using var buffer = new PooledBuffer(1 << 20);
        int spans = 0;

        Assert.Equal(0, Least(() =>
        {
            buffer.Clear();
            spans = writer.Write(progress, buffer);
        }));
        Assert.Equal(25, spans);
    }

    private EventBatch Mixed()
    {
        OutboundEvent[] events = [.. Enumerable.Range(0, 50).Select(i => Batch(1, i % 2 == 0 ? Event : Transformation, first: 1 + i)[0])];
        return new EventBatch(events, default, "application/json");
    }

    /// <summary>Once before it is measured: tags get their numbers, and lists their size.</summary>
    private static long Least(Action round)
    {
        round();
        return Allocations.Least(round);
    }
}
