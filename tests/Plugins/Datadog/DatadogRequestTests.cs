using AuditHost.Fakes;
using AuditHost.Fakes.Datadog;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.Datadog;

/// <summary>What goes over the wire.</summary>
public sealed class DatadogRequestTests : DatadogTest
{
    [Fact]
    public async Task Series_have_a_point_each_of_the_batchs_own_second()
    {
        await using IConnector connector = Create("\"metrics\"", ""","compression":"none","service_name":"copybook-audit","environment":"prod","tags":["team:audit"]""");

        DeliveryResult result = await connector.SendAsync(Batch(2), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(Fake.Violations);
        FakeRequest request = Assert.Single(Fake.Requests);
        Assert.Equal(("POST", FakeDatadog.SeriesPath, FakeDatadog.ApiKey), (request.Method, request.Path, request.Header("DD-API-KEY")));
        Assert.Equal("application/json", request.Header("Content-Type"));
        const string Around = "\"resources\":[{\"type\":\"host\",\"name\":\"relay-1\"}],\"tags\":[\"service:copybook-audit\",\"env:prod\",\"team:audit\"";
        Assert.Equal(
            $$"""
            {"series":[
            {"metric":"copybook.audit.events","type":1,"interval":1,"points":[{"timestamp":1795464001,"value":2}],{{Around}},"event_type:securityevent","severity:high","operation:none"]},
            {"metric":"copybook.audit.compliance_events","type":1,"interval":1,"points":[{"timestamp":1795464001,"value":2}],{{Around}},"profile:sox","classification:phi"]},
            {"metric":"copybook.audit.security_events","type":1,"interval":1,"points":[{"timestamp":1795464001,"value":2}],{{Around}},"classification:phi","user:al_ice"]}
            ]}
            """.ReplaceLineEndings(string.Empty),
            request.Text);
    }

    [Fact]
    public async Task Gauges_and_a_distribution_come_of_what_operations_tell()
    {
        await using IConnector connector = Create("\"metrics\"", ""","compression":"none" """);

        DeliveryResult result = await connector.SendAsync(Batch(2, Transformation), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(Fake.Violations);
        Assert.Equal([FakeDatadog.DistributionsPath, FakeDatadog.SeriesPath], Fake.Requests.Select(request => request.Path));
        Assert.Equal("text/json", Fake.Requests[0].Header("Content-Type"));
        Assert.Equal(
            """{"series":[{"metric":"copybook.performance.duration_ms","type":"distribution","points":[[1795464000,[1500,1500]]],"host":"relay-1","tags":["service:audithost","operation:decode"]}]}""",
            Fake.Requests[0].Text);
        Assert.Contains(
            """{"metric":"copybook.performance.throughput_mbps","type":3,"points":[{"timestamp":1795464001,"value":84.5}],"resources":[{"type":"host","name":"relay-1"}],"tags":["service:audithost","operation:decode"]}""",
            Fake.Requests[1].Text,
            StringComparison.Ordinal);
        Assert.Equal(64, Fake.Metrics.Sum("copybook.performance.memory_mb"));
        Assert.Equal(2, Fake.Metrics.Sum("copybook.audit.events", "operation:decode,event_type:datatransformation,severity:info"));
    }

    [Fact]
    public async Task A_log_has_the_event_as_an_attribute_of_its_own()
    {
        await using IConnector connector = Create("\"logs\"", ""","compression":"none","environment":"prod","tags":["team:audit"]""");

        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(Fake.Violations);
        FakeRequest request = Assert.Single(Fake.Requests);
        Assert.Equal((FakeDatadog.LogsPath, FakeDatadog.ApiKey, "application/json"), (request.Path, request.Header("DD-API-KEY"), request.Header("Content-Type")));
        Assert.Equal(
            $$$"""
            [{"message":"SecurityEvent (High) by al\"ice on app01","timestamp":1795464000000,"status":"error","ddsource":"audithost","service":"audithost","hostname":"app01",
            "ddtags":"env:prod,team:audit","audit_event_id":"e-1","audit":{"event_id":"e-1","timestamp":"2026-11-23T20:00:00.000Z",{{{Event}}}}}]
            """.ReplaceLineEndings(string.Empty),
            request.Text);
    }

    [Fact]
    public async Task Text_that_is_no_json_is_the_message()
    {
        await using IConnector connector = Create("\"logs\"");

        await connector.SendAsync(Batch(1, contentType: "text/plain"), Cancellation);

        TakenLog log = Assert.Single(Fake.Logs);
        Assert.StartsWith("{\"event_id\":\"e-1\"", log.Text("message"), StringComparison.Ordinal);
        Assert.False(log.Json.TryGetProperty("audit", out _));
    }

    [Theory]
    [InlineData("Info", "info")]
    [InlineData("Low", "notice")]
    [InlineData("Medium", "warning")]
    [InlineData("High", "error")]
    [InlineData("Critical", "critical")]
    public async Task Severities_are_statuses(string severity, string status)
    {
        await using IConnector connector = Create("\"logs\"");

        await connector.SendAsync(Batch(1, $"\"severity\":\"{severity}\""), Cancellation);

        Assert.Equal(status, Assert.Single(Fake.Logs).Text("status"));
        Assert.Equal("relay-1", Fake.Logs[0].Text("hostname"));
    }

    [Fact]
    public async Task An_event_of_the_stream_says_what_it_is_found_by()
    {
        await using IConnector connector = Create("\"events\"", ""","environment":"prod" """);

        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(Fake.Violations);
        Assert.Equal(
            """
            {"title":"SecurityEvent (High) by al\"ice on app01","text":"event_id: e-1\u000atime: 2026-11-23T20:00:00.000Z\u000asource: copybook-core::security\u000aoperation_id: op-1\u000aclassification: PHI\u000a",
            "alert_type":"error","priority":"normal","date_happened":1795464000,"aggregation_key":"op-1","host":"app01","source_type_name":"audithost",
            "tags":["service:audithost","env:prod","event_type:securityevent","severity:high"]}
            """.ReplaceLineEndings(string.Empty),
            Assert.Single(Fake.Requests).Text);
    }

    [Fact]
    public async Task Everything_goes_in_the_order_that_counts_last()
    {
        await using IConnector connector = Create("\"metrics\",\"events\",\"logs\"", ""","apm_enabled":true""");

        DeliveryResult result = await connector.SendAsync(Batch(1, Transformation), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(Fake.Violations);
        Assert.Equal(
            [FakeDatadog.LogsPath, FakeDatadog.TracesPath, FakeDatadog.EventsPath, FakeDatadog.DistributionsPath, FakeDatadog.SeriesPath],
            Fake.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task Bodies_are_compressed_unless_told_otherwise()
    {
        await using IConnector connector = Create("\"logs\",\"metrics\"");

        await connector.SendAsync(Batch(100), Cancellation);

        Assert.All(Fake.Requests, request => Assert.Equal("gzip", request.Header("Content-Encoding")));
        Assert.True(Fake.Requests[0].Raw.Length < Fake.Requests[0].Body.Length / 5);
        Assert.Equal(100, Fake.LogCount);
    }

    [Fact]
    public async Task A_probe_validates_the_key_and_leaves_nothing()
    {
        await using IConnector connector = Create("\"metrics\"");

        await connector.ProbeAsync(Cancellation);

        Assert.Equal(("GET", FakeDatadog.ValidatePath), (Assert.Single(Fake.Requests).Method, Fake.Requests[0].Path));
    }

    [Theory]
    [InlineData(403, """{"errors":["Forbidden"]}""", "api_key and site")]
    [InlineData(200, """{"valid":false}""", "without Datadog's word")]
    [InlineData(200, "<html>sign in</html>", "without Datadog's word")]
    [InlineData(500, "", "HTTP 500")]
    [InlineData(301, "", "redirect")]
    public async Task A_probe_says_what_is_wrong(int status, string body, string expected)
    {
        Fake.FailNext(new FakeAnswer(status, body));
        await using IConnector connector = Create("\"metrics\"");

        var failure = await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.ProbeAsync(Cancellation));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal(status, (int)failure.StatusCode!);
    }
}
