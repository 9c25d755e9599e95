using System.Text.Json;
using AuditHost.Connectors.AppDynamics;
using AuditHost.Connectors.AppDynamics.Events;
using AuditHost.Fakes;
using AuditHost.Fakes.AppDynamics;
using AuditHost.PluginKit.Text;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.AppDynamics;

/// <summary>What is published, byte by byte.</summary>
public sealed class PublishTests : AppDynamicsTest
{
    private const string Full = """{"event_id":"e-1","timestamp":"2026-11-23T20:00:00.123456789Z","event_type":"Security\u0045vent","severity":"Critical","source":"core::security","integrity_hash":"ab12","previous_hash":null,"context":{"user":"al\"ice","operation_id":"op-1","environment":{"hostname":"app01"},"security":{"classification":"PHI"},"compliance_profiles":["HIPAA", "SOX"]}}""";

    [Fact]
    public async Task A_batch_is_one_array_of_flat_rows()
    {
        await using IConnector connector = Create();

        DeliveryResult result = await connector.SendAsync(Batch(Full, Event(2)), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(Service.Violations);
        FakeRequest request = Service.Requests[^1];
        Assert.Equal(("POST", "/events/publish/audit_events"), (request.Method, request.Target));
        Assert.Equal(FakeEventsService.Account, request.Header("X-Events-API-AccountName"));
        Assert.Equal(FakeEventsService.Key, request.Header("X-Events-API-Key"));
        Assert.Equal("application/vnd.appd.events+json;v=2", request.Header("Content-Type"));
        Assert.Equal("application/vnd.appd.events+json;v=2", request.Header("Accept"));
        string body = JsonSerializer.Serialize(Full).Replace("\\u0022", "\\\"", StringComparison.Ordinal);
        Assert.StartsWith(
            $$"""[{"eventTimestamp":"2026-11-23T20:00:00.123Z","event_time":"2026-11-23T20:00:00.123Z","severity_level":4,"event_id":"e-1","event_type":"SecurityEvent","severity":"Critical","source":"core::security","user_name":"al\"ice","host_name":"app01","operation_id":"op-1","classification":"PHI","compliance_profiles":"[\"HIPAA\", \"SOX\"]","integrity_hash":"ab12","event_body":{{body}}},{"eventTimestamp":""",
            request.Text,
            StringComparison.Ordinal);
        Assert.EndsWith("}]", request.Text, StringComparison.Ordinal);
        Assert.Equal(2, Service.EventCount);
    }

    [Theory]
    [MemberData(nameof(SampleEvents.Indexes), MemberType = typeof(SampleEvents))]
    public async Task Every_event_of_copybook_fits_the_schema_that_was_made_for_it(int index)
    {
        await using IConnector connector = Create(""","columns":{"rows":{"path":"payload.data.records_processed","type":"integer"}}""");

        DeliveryResult result = await connector.SendAsync(Batch(SampleEvents.Lines[index]), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(Service.Violations);
        Assert.Equal(SampleEvents.Lines[index], Assert.Single(Service.Events).GetProperty("event_body").GetString());
    }

    [Fact]
    public async Task Columns_of_the_site_have_the_values_that_fit_their_types()
    {
        await using IConnector connector = Create(""","columns":{"count":{"path":"n","type":"integer"},"share":{"path":"f","type":"float"},"ok":{"path":"b","type":"boolean"},"at":{"path":"d","type":"date"},"any":{"path":"o"}}""");

        await connector.SendAsync(
            Batch(
                """{"event_id":"fits","n":-9223372036854775808,"f":1.5e3,"b":false,"d":"2026-01-02T03:04:05.6789+02:00","o":{"a":[1, 2]}}""",
                """{"event_id":"zoneless","d":"2026-01-02T03:04:05","o":17}""",
                """{"event_id":"does not","n":1.5,"f":1e999,"b":"yes","d":"yesterday","o":null}""",
                """{"event_id":"neither","n":9223372036854775808,"f":"1","b":1,"d":1767323045,"o":""}"""),
            Cancellation);

        Assert.Empty(Service.Violations);
        Assert.Equal("integer float boolean date string", string.Join(' ', new[] { "count", "share", "ok", "at", "any" }.Select(name => Service.Schema(Schema)![name])));
        Assert.Equal(
            ["""-9223372036854775808 1.5e3 false "2026-01-02T01:04:05.678Z" "{\"a\":[1, 2]}" """, """- - - "2026-01-02T03:04:05.000Z" "17" """, "- - - - - ", "- - - - - "],
            Service.Events.Select(one => string.Concat(new[] { "count", "share", "ok", "at", "any" }.Select(name => one.TryGetProperty(name, out JsonElement value) ? value.GetRawText() + " " : "- "))));
    }

    [Fact]
    public async Task Long_values_are_cut_between_characters_and_marked()
    {
        await using IConnector connector = Create(""","max_field_bytes":256""");
        string user = new string('a', 255) + "é";

        await connector.SendAsync(Batch($$$"""{"event_id":"e-1","context":{"user":"{{{user}}}"}}""", Event(2)), Cancellation);

        Assert.Empty(Service.Violations);
        Assert.Equal(new string('a', 255), Service.Events[0].GetProperty("user_name").GetString());
        Assert.Equal(256, Service.Events[0].GetProperty("event_body").GetString()!.Length);
        Assert.True(Service.Events[0].GetProperty("is_truncated").GetBoolean());
        Assert.False(Service.Events[1].TryGetProperty("is_truncated", out _));
    }

    [Fact]
    public async Task Half_a_character_and_control_characters_do_not_break_a_request()
    {
        await using IConnector connector = Create();

        DeliveryResult result = await connector.SendAsync(Batch("""{"event_id":"\ud800x\u0000\n","event_type":"T"}"""), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Equal("\uFFFDx\0\n", Assert.Single(Service.Events).GetProperty("event_id").GetString());
    }

    [Fact]
    public async Task Without_its_column_the_event_itself_stays_here_and_nothing_is_rendered()
    {
        const string Without = ""","event_column":"","event_timestamp":false""";
        await using IConnector connector = Create(Without);

        await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(
            """{"event_time":"2026-11-23T20:00:00.123Z","severity_level":3,"event_id":"e-0","event_type":"SecurityEvent","severity":"High"}""",
            Assert.Single(Service.Events).GetRawText());
        Assert.False(Service.Schema(Schema)!.ContainsKey("event_body"));
        Assert.Equal(BatchContent.None, new AppDynamicsFactory().Content("""{"event_column":""}"""u8.ToArray()));
        Assert.Equal(BatchContent.Payload, new AppDynamicsFactory().Content("{}"u8.ToArray()));
    }

    [Fact]
    public async Task A_request_that_would_be_too_large_is_not_sent()
    {
        await using IConnector connector = Create(""","max_request_bytes":65536""");
        string large = $$"""{"event_id":"e","text":"{{new string('x', 30_000)}}"}""";

        DeliveryResult three = await connector.SendAsync(Batch(large, large, large), Cancellation);
        DeliveryResult two = await connector.SendAsync(Batch(large, large), Cancellation);

        Assert.Equal(FailureKind.TooLarge, three.Kind);
        Assert.Contains("max_request_bytes", three.Reason, StringComparison.Ordinal);
        Assert.True(two.IsDelivered, two.Reason);
        Assert.Single(Service.Requests, request => request.Path.StartsWith("/events/publish", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_endpoint_that_is_away_leaves_its_work_to_the_next()
    {
        await using var second = new FakeEventsService();
        await second.StartAsync(Cancellation);
        Service.FailNext(new FakeAnswer(503), times: 100);
        await using IConnector connector = CreateFrom(
            $$"""{"endpoint":["{{Service.Address}}","{{second.Address}}"],"account_name":"{{FakeEventsService.Account}}","api_key":"{{FakeEventsService.Key}}"}""");

        Assert.Equal(FailureKind.Transient, (await connector.SendAsync(Batch(1), Cancellation)).Kind);
        Assert.True((await connector.SendAsync(Batch(1), Cancellation)).IsDelivered);

        Assert.Equal(1, second.EventCount);
    }

    [Fact]
    public void Writing_rows_allocates_nothing()
    {
        var settings = new AppDynamicsSettings
        {
            Columns = new Dictionary<string, ColumnSettings> { ["at"] = new() { Path = "timestamp", Type = ColumnType.Date } },
        };
        var rows = new EventRows(EventColumns.Of(settings), withTimestamp: true, limit: 32_000);
        EventBatch batch = Batch([.. SampleEvents.Lines, Full]);
        using var body = new PooledBuffer(1 << 20);
        rows.Write(batch, body);

        Assert.Equal(0, Allocations.Least(() =>
        {
            body.Clear();
            rows.Write(batch, body);
        }));
    }
}
