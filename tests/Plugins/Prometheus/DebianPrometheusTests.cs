using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json;
using AuditHost.Connectors.Prometheus;
using AuditHost.Fakes;

namespace AuditHost.Plugins.Tests.Prometheus;

/// <summary>Debian's Prometheus, promtool and Pushgateway, as judges of what is served and sent.</summary>
[Collection("the host's meter")]
public sealed class DebianPrometheusTests : PrometheusTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestFolder _folder = new();
    private readonly DebianDaemon _prometheus = new("prometheus", "prometheus");
    private readonly DebianDaemon _gateway = new("prometheus-pushgateway", "prometheus-pushgateway");
    private readonly Meter _meter = new("audithost");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _prometheus.DisposeAsync();
        await _gateway.DisposeAsync();
        _meter.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("clean", 0)]
    [InlineData("both", 3)]
    public async Task Promtool_accepts_the_metrics_and_speaks_only_of_a_given_name(string names, int code)
    {
        PrometheusConnector connector = await StartAsync($",\"names\":\"{names}\"");
        string text = await ScrapeAllAsync(connector);

        (int actual, string output) = await Installed(new DebianDaemon("prometheus", "promtool")).RunAsync(text, Cancelled, "check", "metrics");

        // 1 would be a text that cannot be read, 3 is advice: "mb" is no unit, and the name is the design's.
        Assert.Equal((code, code == 0 ? string.Empty : "copybook_memory_usage_mb metric names should not contain abbreviated units"), (actual, output.Trim()));
    }

    [Fact]
    public async Task Prometheus_scrapes_the_endpoint()
    {
        PrometheusConnector connector = await StartAsync(endpoint: ",\"bearer_token\":\"t0ken\"");
        _meter.CreateObservableGauge("journal_accepting", () => 1);
        await connector.SendAsync(Batch(PrometheusEvents.Parse, PrometheusEvents.Check, PrometheusEvents.Security, PrometheusEvents.Of("a\\\"b\\\\c\\nd")), Cancelled);
        await StartPrometheusAsync($$"""
            scrape_configs:
              - job_name: audit
                scrape_interval: 200ms
                scrape_timeout: 200ms
                authorization: { credentials: t0ken }
                static_configs: [{ targets: ["{{connector.EndPoint}}"] }]

            """);

        Assert.Equal("1", await QueryAsync("up"));
        Assert.Equal("1", await QueryAsync("""copybook_audit_events_total{event_type="CopybookParse",severity="Low"}"""));
        Assert.Equal("1", await QueryAsync("""copybook_audit_events_total{event_type="a\"b\\c\nd"}"""));
        Assert.Equal("2", await QueryAsync("""copybook_compliance_violations_total{regulation="SOX 302"}"""));
        Assert.Equal("1", await QueryAsync("""copybook_processing_duration_seconds_bucket{operation="Parse",le="1.0"}"""));
        Assert.Equal("1", await QueryAsync("copybook_audit_system_health"));
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("2.0")]
    public async Task Prometheus_takes_remote_write_and_what_it_does_not_know_comes_as_version_1(string version)
    {
        await StartPrometheusAsync("{}\n");
        PrometheusConnector connector = Create(
            $$$"""{"http_endpoint":{"enabled":false},"push_interval_seconds":0,"remote_write":{"enabled":true,"version":"{{{version}}}","endpoint":"{{{_prometheus.Address}}}api/v1/write","labels":{"job":"audit","site":"west"}} }""");
        await connector.ProbeAsync(Cancelled);

        Assert.True((await connector.SendAsync(Batch(PrometheusEvents.Parse, PrometheusEvents.Of("审计 \\\"x\\\"")), Cancelled)).IsDelivered);
        Assert.True((await connector.SendAsync(Batch(PrometheusEvents.Parse), Cancelled)).IsDelivered);

        Assert.Equal("2", await QueryAsync("""copybook_audit_events_total{event_type="CopybookParse",job="audit",site="west"}"""));
        Assert.Equal("1", await QueryAsync("""copybook_audit_events_total{event_type="审计 \"x\""}"""));
        Assert.Equal("2", await QueryAsync("""copybook_processing_duration_seconds_count{operation="Parse"}"""));
        Assert.Equal(version == "2.0" ? 1 : 0, Context.Warnings.Count());
    }

    [Fact]
    public async Task The_Pushgateway_takes_the_metrics_and_forgets_them_on_stop()
    {
        await Installed(_gateway).StartAsync(Context.Http, Cancelled, $"--web.listen-address={_gateway.Address.Authority}", "--persistence.file=");
        PrometheusConnector connector = Create(
            $$$"""{"http_endpoint":{"enabled":false},"push_interval_seconds":0,"push_gateway":{"enabled":true,"endpoint":"{{{_gateway.Address}}}","grouping_key":{"site":"Zürich West","path":"/var/log","empty":""}} }""");
        await connector.ProbeAsync(Cancelled);

        Assert.True((await connector.SendAsync(Batch(PrometheusEvents.Parse, PrometheusEvents.Check, PrometheusEvents.Security, PrometheusEvents.Measurement), Cancelled)).IsDelivered);
        Assert.True((await connector.SendAsync(Batch(PrometheusEvents.Parse), Cancelled)).IsDelivered);
        string pushed = await Context.Http.GetStringAsync(new Uri(_gateway.Address, "metrics"), Cancelled);
        await connector.DisposeAsync();
        string left = await Context.Http.GetStringAsync(new Uri(_gateway.Address, "metrics"), Cancelled);

        Assert.Contains(
            """copybook_audit_events_total{empty="",event_type="CopybookParse",instance="",job="copybook-audit",path="/var/log",severity="Low",site="Zürich West"} 2""" + "\n",
            pushed,
            StringComparison.Ordinal);
        Assert.DoesNotContain("copybook_audit", left, StringComparison.Ordinal);
    }

    private static DebianDaemon Installed(DebianDaemon daemon)
    {
        Assert.SkipUnless(daemon.IsInstalled, "Prometheus is not installed: run tests/install");
        return daemon;
    }

    /// <summary>Every family, so that each is judged.</summary>
    private async Task<string> ScrapeAllAsync(PrometheusConnector connector)
    {
        var destination = new KeyValuePair<string, object?>("destination", "splunk");
        _meter.CreateObservableCounter("delivery_attempts_total", () => new Measurement<double>(4, destination));
        _meter.CreateObservableCounter("delivery_failures_total", () => new Measurement<double>(1, destination));
        _meter.CreateObservableGauge("journal_accepting", () => 1);
        _meter.CreateHistogram<double>("delivery_duration_seconds").Record(0.02, destination);
        await connector.SendAsync(
            Batch(PrometheusEvents.Parse, PrometheusEvents.Validation, PrometheusEvents.Transformation, PrometheusEvents.Measurement, PrometheusEvents.Check, PrometheusEvents.Security),
            Cancelled);
        string text = await ScrapeAsync(connector);
        Assert.Contains("integration_success_rate", text, StringComparison.Ordinal);
        return text;
    }

    private async Task StartPrometheusAsync(string configuration)
    {
        await System.IO.File.WriteAllTextAsync(_folder["prometheus.yml"], configuration, Cancelled);
        await Installed(_prometheus).StartAsync(
            Context.Http,
            Cancelled,
            $"--config.file={_folder["prometheus.yml"]}",
            $"--storage.tsdb.path={_folder["data"]}",
            $"--web.listen-address={_prometheus.Address.Authority}",
            "--web.enable-remote-write-receiver");
    }

    /// <summary>Asks until there is an answer: a scrape takes its time.</summary>
    private async Task<string> QueryAsync(string query)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(Patience);
        while (true)
        {
            string text = await Context.Http.GetStringAsync(
                new Uri(_prometheus.Address, "api/v1/query?query=" + Uri.EscapeDataString(query)), patience.Token);
            using JsonDocument answer = JsonDocument.Parse(text);
            JsonElement result = answer.RootElement.GetProperty("data").GetProperty("result");
            if (result.GetArrayLength() > 0)
                return result.EnumerateArray().Sum(one => double.Parse(one.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture);
            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
        }
    }
}
