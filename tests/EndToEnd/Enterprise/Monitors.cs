using System.Globalization;
using System.Text.Json;
using AuditHost.Fakes;
using AuditHost.Fakes.Datadog;
using AuditHost.Fakes.NewRelic;

namespace AuditHost.EndToEnd.Enterprise;

/// <summary>Whoever counts. Prometheus and its Pushgateway are Debian's own.</summary>
internal sealed class Monitors : IEnterprisePart
{
    private const string Counts = "sum by (event_type, severity) (copybook_audit_events_total{job=\"JOB\"})";

    private readonly HttpClient _http = new();
    private readonly DebianDaemon _prometheus = new("prometheus", "prometheus");
    private readonly DebianDaemon _gateway = new("prometheus-pushgateway", "prometheus-pushgateway");
    private readonly FakeDatadog _datadog = new();
    private readonly NewRelicServer _newRelic = new();
    private readonly int _port = SiteFolder.FreePort();

    public Monitors() => Servers =
    [
        new EventCounter("prometheus", () => CountedAsync("audit"), () => []),
        new EventCounter("prometheus", () => CountedAsync("copybook-audit"), () => []),
        new EventCounter("datadog", () => SumAsync(_datadog.Metrics.Of("copybook.audit.events").Select(point => (Tag(point, "event_type"), Tag(point, "severity"), point.Values.Sum()))), () => _datadog.Violations),
        new EventCounter("newrelic", () => SumAsync(_newRelic.Points.Where(point => point.Name == "copybook.audit.events")
            .Select(point => (point.Text("event_type")!, point.Text("severity")!, point.Value.GetDouble()))), () => _newRelic.Violations),
        new EventStore("newrelic", () => _newRelic.Logs.Select(log => log.Message), () => _newRelic.IntegrationErrors.Select(error => error.ToString())),
    ];

    public IReadOnlyList<string> Sections { get; } = ["monitoring"];

    public IReadOnlyList<EnterpriseServer> Servers { get; }

    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["PROMETHEUS_PUSHGATEWAY"] = _gateway.Address.ToString(),
        ["DATADOG_API_KEY"] = FakeDatadog.ApiKey,
        ["DATADOG_APP_KEY"] = "app-key-that-nothing-asks-for",
        ["DEPLOYMENT_ENVIRONMENT"] = "test",
        ["NEWRELIC_LICENSE_KEY"] = NewRelicServer.LicenseKey,
    };

    public string Adapt(string given) => given
        .Replace("port: 8080", $"port: {_port}", StringComparison.Ordinal)
        .Replace("site: \"datadoghq.com\"", $"endpoint: \"{_datadog.Address}\"\n      site: \"datadoghq.com\"", StringComparison.Ordinal)
        .Replace("app_name: \"copybook-audit-system\"", $"app_name: \"copybook-audit-system\"\n      endpoint: \"{_newRelic.Address}\"", StringComparison.Ordinal);

    /// <summary>Prometheus fetches from the endpoint, and what was pushed from the Pushgateway.</summary>
    public async Task StartAsync(SiteFolder site, CancellationToken cancellationToken)
    {
        await _datadog.StartAsync(cancellationToken);
        await _newRelic.StartAsync(cancellationToken);
        Assert.SkipUnless(_prometheus.IsInstalled && _gateway.IsInstalled, "Prometheus is not installed: run tests/install");
        await _gateway.StartAsync(_http, cancellationToken, $"--web.listen-address={_gateway.Address.Authority}", "--persistence.file=");
        site.Write("prometheus.yml", $$"""
            global: { scrape_interval: 500ms, scrape_timeout: 500ms }
            scrape_configs:
              - { job_name: audit, static_configs: [{ targets: ["127.0.0.1:{{_port}}"] }] }
              - { job_name: gateway, honor_labels: true, static_configs: [{ targets: ["{{_gateway.Address.Authority}}"] }] }

            """);
        await _prometheus.StartAsync(
            _http, cancellationToken, $"--config.file={site.File("prometheus.yml")}", $"--storage.tsdb.path={site.File("prometheus")}", $"--web.listen-address={_prometheus.Address.Authority}");
    }

    public async ValueTask DisposeAsync()
    {
        await _prometheus.DisposeAsync();
        await _gateway.DisposeAsync();
        await _datadog.DisposeAsync();
        await _newRelic.DisposeAsync();
        _http.Dispose();
    }

    private static Task<IReadOnlyDictionary<(string Type, string Severity), long>> SumAsync(IEnumerable<(string Type, string Severity, double Value)> points) =>
        Task.FromResult<IReadOnlyDictionary<(string Type, string Severity), long>>(
            points.GroupBy(point => (point.Type, point.Severity)).ToDictionary(group => group.Key, group => (long)group.Sum(point => point.Value)));

    private static string Tag(MetricPoint point, string name) =>
        point.Tags.Split(',').Single(tag => tag.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..];

    /// <summary>What Prometheus knows by now.</summary>
    private async Task<IReadOnlyDictionary<(string Type, string Severity), long>> CountedAsync(string job)
    {
        string text = await _http.GetStringAsync(
            new Uri(_prometheus.Address, "api/v1/query?query=" + Uri.EscapeDataString(Counts.Replace("JOB", job, StringComparison.Ordinal))));
        using JsonDocument answer = JsonDocument.Parse(text);
        return answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().ToDictionary(
            one => (one.GetProperty("metric").GetProperty("event_type").GetString()!, one.GetProperty("metric").GetProperty("severity").GetString()!),
            one => long.Parse(one.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture));
    }
}
