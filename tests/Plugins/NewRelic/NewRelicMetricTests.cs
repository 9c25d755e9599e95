using System.Text.Json;
using AuditHost.Fakes.NewRelic;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.NewRelic.NewRelicTests;

namespace AuditHost.Plugins.Tests.NewRelic;

/// <summary>What events add to metrics.</summary>
public sealed class NewRelicMetricTests : IDisposable
{
    private readonly TestPluginContext _context = Context();

    [Fact]
    public async Task Events_count_in_the_minute_in_which_they_happened()
    {
        await using NewRelicServer server = await SendAsync(SecurityEvent(1, "2026-11-23T19:58:59.999Z"), SecurityEvent(2, "2026-11-23T19:59:00Z"), SecurityEvent(3, "2026-11-23T19:59:59Z"));

        Assert.Equal(
            [(MinuteMilliseconds - 60_000, 1), (MinuteMilliseconds, 2)],
            server.Points.Where(point => point.Name == "copybook.audit.events").Select(point => (point.Timestamp!.Value, point.Value.GetInt32())));
        Assert.All(server.Points, point => Assert.Equal(60_000, point.Interval));
    }

    [Fact]
    public async Task Late_events_count_when_they_arrive()
    {
        await using NewRelicServer server = await SendAsync(SecurityEvent(1, "2020-01-01T00:00:00Z"), SecurityEvent(2), SecurityEvent(3, "2021-01-01T00:00:00Z"));

        Assert.Equal(
            [(MinuteMilliseconds, 1), (null, 2)],
            server.Points.Where(point => point.Name == "copybook.audit.events").Select(point => (point.Timestamp, point.Value.GetInt32())));
    }

    [Fact]
    public async Task Figures_are_summaries()
    {
        await using NewRelicServer server = await SendAsync(
            Event("CopybookParse", """{"parsing_duration_ms":12}"""),
            Event("CopybookParse", """{"parsing_duration_ms":30}"""),
            Event("DataValidation", """{"validation_duration_ms":5}"""),
            Event("DataTransformation", """{"processing_duration_ms":2000,"throughput_bytes_per_sec":1500000,"memory_usage_mb":64}"""),
            Event("PerformanceMeasurement", """{"metrics":{"throughput_bytes_per_sec":3000000,"latency_ms":7,"cpu_usage_percent":45.5,"memory_usage_mb":32}}"""),
            Event("PerformanceMeasurement", """{"metrics":{"throughput_bytes_per_sec":-1,"latency_ms":"7","cpu_usage_percent":1e300,"memory_usage_mb":null}}"""));

        Assert.Equal(
            [
                ("duration_ms", "CopybookParse", """{"count":2,"sum":42,"min":12,"max":30}"""),
                ("duration_ms", "DataValidation", """{"count":1,"sum":5,"min":5,"max":5}"""),
                ("duration_ms", "DataTransformation", """{"count":1,"sum":2000,"min":2000,"max":2000}"""),
                ("throughput_mbps", "DataTransformation", """{"count":1,"sum":1.5,"min":1.5,"max":1.5}"""),
                ("memory_mb", "DataTransformation", """{"count":1,"sum":64,"min":64,"max":64}"""),
                ("duration_ms", "PerformanceMeasurement", """{"count":1,"sum":7,"min":7,"max":7}"""),
                ("throughput_mbps", "PerformanceMeasurement", """{"count":1,"sum":3,"min":3,"max":3}"""),
                ("memory_mb", "PerformanceMeasurement", """{"count":1,"sum":32,"min":32,"max":32}"""),
                ("cpu_percent", "PerformanceMeasurement", """{"count":1,"sum":45.5,"min":45.5,"max":45.5}"""),
            ],
            server.Points.Where(point => point.Type == "summary").Select(point => (point.Name["copybook.performance.".Length..], point.Text("event_type")!, point.Value.GetRawText())));
    }

    [Fact]
    public async Task Series_stay_few_whatever_events_hold()
    {
        await using NewRelicServer server = await SendAsync(
            [.. Enumerable.Range(0, 200).Select(index => $$$"""{"timestamp":"{{{Now}}}","event_type":"Type{{{index}}}","context":{"security":{"classification":"c{{{index}}}"},"compliance_profiles":["p{{{index}}}"]}}""")]);

        StoredPoint[] events = [.. server.Points.Where(point => point.Name == "copybook.audit.events")];
        Assert.Equal(49, events.Length);
        Assert.Equal(152, events.Single(point => point.Text("event_type") == "other").Value.GetInt32());
        Assert.Equal(200, events.Sum(point => point.Value.GetInt32()));
        Assert.Equal(49, server.Points.Count(point => point.Name == "copybook.audit.compliance_events"));
    }

    [Fact]
    public async Task A_profile_that_stands_there_twice_counts_once()
    {
        await using NewRelicServer server = await SendAsync($$$"""{"timestamp":"{{{Now}}}","context":{"compliance_profiles":["SOX","GDPR","SOX",17]}}""");

        Assert.Equal(
            [("SOX", 1), ("GDPR", 1)],
            server.Points.Where(point => point.Name == "copybook.audit.compliance_events").Select(point => (point.Text("profile")!, point.Value.GetInt32())));
    }

    [Fact]
    public async Task Many_points_are_told_apart()
    {
        await using NewRelicServer server = await SendAsync(
            [.. Enumerable.Range(0, 400).Select(index => $$"""{"timestamp":"2026-11-23T{{10 + (index / 60):00}}:{{index % 60:00}}:00Z","event_type":"X"}"""), SecurityEvent(1, "2026-11-23T10:00:00Z")]);

        StoredPoint[] events = [.. server.Points.Where(point => point.Name == "copybook.audit.events")];
        Assert.Equal(401, events.Length);
        Assert.All(events, point => Assert.Equal(1, point.Value.GetInt32()));
        Assert.Equal(400, events.Select(point => point.Timestamp).Distinct().Count());
    }

    [Theory]
    [InlineData("", "audit.events")]
    [InlineData("site.audit.", "site.audit.audit.events")]
    public async Task Names_begin_as_the_site_wants(string prefix, string expected)
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "metrics", $",\"metric_prefix\":\"{prefix}\"");

        await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(expected, server.Points[0].Name);
    }

    [Fact]
    public async Task What_an_event_does_not_say_is_unknown()
    {
        await using NewRelicServer server = await SendAsync($$"""{"timestamp":"{{Now}}"}""");

        StoredPoint point = Assert.Single(server.Points);
        Assert.Equal(("unknown", "Info", JsonValueKind.Number), (point.Text("event_type"), point.Text("severity"), point.Value.ValueKind));
    }

    public void Dispose() => _context.Dispose();

    private async Task<NewRelicServer> SendAsync(params string[] events)
    {
        NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "metrics");
        DeliveryResult result = await connector.SendAsync(BatchOf(events), Cancellation);
        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(server.Violations);
        return server;
    }

    private static string Event(string type, string data) => $$$"""{"timestamp":"{{{Now}}}","event_type":"{{{type}}}","payload":{"data":{{{data}}}}}""";
}
