using System.Diagnostics.Metrics;
using AuditHost.Connectors.Prometheus;

namespace AuditHost.Plugins.Tests.Prometheus;

/// <summary>The families of the integration, from a meter like the host's. Other meters of this process are not the host's.</summary>
[Collection("the host's meter")]
public sealed class HostFiguresTests : PrometheusTest
{
    private readonly Meter _meter = new("audithost");

    public override ValueTask DisposeAsync()
    {
        _meter.Dispose();
        return base.DisposeAsync();
    }

    [Fact]
    public async Task Deliveries_health_and_integrity_come_from_the_hosts_meter()
    {
        Publish(attempts: 10, failures: 3, accepting: 1, damaged: 0);
        Histogram<double> duration = _meter.CreateHistogram<double>("delivery_duration_seconds");
        PrometheusConnector connector = await StartAsync();
        duration.Record(0.03, new KeyValuePair<string, object?>("destination", "splunk"));

        var series = SeriesOf(await ScrapeAsync(connector));

        Assert.Equal("7", series["""copybook_integration_deliveries_total{destination="splunk",status="success"}"""]);
        Assert.Equal("3", series["""copybook_integration_deliveries_total{destination="splunk",status="failure"}"""]);
        Assert.Equal("0.7", series["""copybook_integration_success_rate{destination="splunk"}"""]);
        Assert.Equal("0.5", series["copybook_audit_system_health"]);
        Assert.Equal("1", series["copybook_audit_trail_integrity"]);
        foreach (string name in new[] { "copybook_integration_delivery_duration", "copybook_integration_delivery_duration_seconds" })
        {
            Assert.Equal("0", series[$$"""{{name}}_bucket{destination="splunk",le="0.01"}"""]);
            Assert.Equal("1", series[$$"""{{name}}_bucket{destination="splunk",le="0.05"}"""]);
            Assert.Equal("0.03", series[$$"""{{name}}_sum{destination="splunk"}"""]);
        }
    }

    [Theory]
    [InlineData(0, 0, "0", "1")]
    [InlineData(1, 2, "0.5", "0")]
    public async Task A_journal_that_is_full_or_damaged_shows(int accepting, int damaged, string health, string integrity)
    {
        Publish(attempts: 0, failures: 0, accepting, damaged);
        PrometheusConnector connector = await StartAsync();

        var series = SeriesOf(await ScrapeAsync(connector));

        Assert.Equal(health, series["copybook_audit_system_health"]);
        Assert.Equal(integrity, series["copybook_audit_trail_integrity"]);
        Assert.DoesNotContain("""copybook_integration_success_rate{destination="splunk"}""", series.Keys);
    }

    [Fact]
    public async Task Without_the_meter_there_is_only_what_events_say()
    {
        PrometheusConnector connector = await StartAsync();

        var series = SeriesOf(await ScrapeAsync(connector));

        Assert.Equal(["copybook_audit_trail_integrity"], series.Keys);
    }

    [Fact]
    public async Task A_figure_that_the_host_cannot_give_does_not_cost_the_scrape()
    {
        _meter.CreateObservableGauge("journal_accepting", () => Fail());
        PrometheusConnector connector = await StartAsync();

        Assert.Contains("copybook_audit_trail_integrity", SeriesOf(await ScrapeAsync(connector)).Keys);

        static int Fail() => throw new InvalidOperationException("between two sites");
    }

    /// <summary>As <c>host/Telemetry/SiteMetrics</c> publishes them.</summary>
    private void Publish(double attempts, double failures, int accepting, int damaged)
    {
        var splunk = new KeyValuePair<string, object?>("destination", "splunk");
        var slack = new KeyValuePair<string, object?>("destination", "slack");
        _meter.CreateObservableCounter("delivery_attempts_total", () => new Measurement<double>(attempts, splunk));
        _meter.CreateObservableCounter("delivery_failures_total", () => new Measurement<double>(failures, splunk));
        _meter.CreateObservableGauge("destination_healthy", () => new[] { new Measurement<double>(1, splunk), new Measurement<double>(0, slack) });
        _meter.CreateObservableGauge("journal_accepting", () => accepting);
        _meter.CreateObservableGauge("journal_damaged_places", () => damaged);
        _meter.CreateObservableGauge("events_buffered", () => 17L);
    }
}
