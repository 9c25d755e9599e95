using System.Text;
using System.Text.Json;
using AuditHost.Fakes.NewRelic;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.NewRelic.NewRelicTests;

namespace AuditHost.Plugins.Tests.NewRelic;

/// <summary>What New Relic would drop or cut without a word, and what becomes of it here.</summary>
public sealed class NewRelicLimitsTests : IDisposable
{
    private readonly TestPluginContext _context = Context();

    public static TheoryData<string, string> Samples()
    {
        var rows = new TheoryData<string, string>();
        foreach (string name in SampleEvents.Json.Keys)
        {
            rows.Add(name, "logs");
            rows.Add(name, "logs events traces metrics");
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Nothing_that_is_sent_breaks_a_rule(string name, string send)
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, send, ""","log_attributes":"all" """);
        string json = SampleEvents.Json[name];

        DeliveryResult result = await connector.SendAsync(BatchOf([json], received: new DateTimeOffset(2026, 11, 23, 19, 0, 0, TimeSpan.Zero)), Cancellation);

        Assert.Empty(server.Violations);
        if (name.StartsWith("a large value", StringComparison.Ordinal))
            Assert.Equal(FailureKind.TooLarge, Assert.Single(result.Failures!).Kind);
        else
            Assert.Equal((true, 1), (result.IsDelivered, server.Logs.Count));
    }

    [Fact]
    public async Task Depth_does_no_harm()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "logs events traces metrics", ""","log_attributes":"all" """);
        string list = new string('[', 25) + new string(']', 25);
        string tree = string.Concat(Enumerable.Repeat("""{"a":""", 25)) + "1" + new string('}', 25);

        DeliveryResult result = await connector.SendAsync(
            BatchOf([$$"""{"event_id":"e","timestamp":"{{Now}}","context":{"compliance_profiles":{{list}},"user":{{list}}},"tree":{{tree}},"list":{{list}}}"""]), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(server.Violations);
        Assert.Single(server.Spans);
    }

    [Fact]
    public async Task Long_values_of_custom_events_are_cut_with_a_mark_where_the_log_has_them_whole()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "logs events");
        string value = new('ü', 5000);

        DeliveryResult result = await connector.SendAsync(BatchOf([$$"""{"event_id":"e","timestamp":"{{Now}}","list":["{{value}}"],"note":"{{value}}","short":"{{value[..4096]}}"}"""]), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(server.Violations);
        JsonElement taken = Assert.Single(server.Events);
        Assert.Equal($"{value[..4090]}…[cut]", taken.GetProperty("note").GetString());
        Assert.Equal($"{value[..4090]}…[cut]", taken.GetProperty("list").GetString());
        Assert.Equal(4096, taken.GetProperty("short").GetString()!.Length);
        Assert.Equal(2, taken.GetProperty("audit.cut").GetInt32());
        Assert.Contains(value, Assert.Single(server.Logs).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("events", "")]
    [InlineData("logs events", ""","oversized_events":"dead_letter" """)]
    public async Task They_are_dead_letters_where_nothing_has_them_whole_or_the_site_wants_it(string send, string further)
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, send, further);

        DeliveryResult result = await connector.SendAsync(
            BatchOf([SecurityEvent(1), $$"""{"event_id":"e-2","timestamp":"{{Now}}","note":"{{new string('x', 4097)}}"}""", Many(300), SecurityEvent(4)]), Cancellation);

        Assert.Equal([(1, FailureKind.TooLarge), (2, FailureKind.TooLarge)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Contains("oversized_events", result.Failures![0].Reason, StringComparison.Ordinal);
        Assert.Equal(["e-1", "e-4"], server.Events.Select(one => one.GetProperty("event.id").GetString()));
        Assert.Empty(server.Violations);
    }

    [Fact]
    public async Task Custom_events_have_as_many_attributes_as_they_may_and_say_how_many_are_missing()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "events", ""","oversized_events":"cut" """);

        await connector.SendAsync(BatchOf([Many(300)]), Cancellation);

        Assert.Empty(server.Violations);
        JsonElement taken = Assert.Single(server.Events);
        Assert.Equal(254, taken.EnumerateObject().Count());
        Assert.Equal(56, taken.GetProperty("audit.cut").GetInt32());
    }

    [Fact]
    public async Task Names_become_such_as_new_relic_takes_and_none_comes_twice()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "events", ""","oversized_events":"cut" """);
        string longName = new('n', 300);

        await connector.SendAsync(
            BatchOf([$$"""{"timestamp":"{{Now}}","a b":1,"a-b":2,"accountId":3,"eventType":4,"entity":{"guid":5},"instrumentation":{"name":6},"{{longName}}":7,"{{longName}}x":8,"hostname":9,"appId":"x"}"""]), Cancellation);

        Assert.Empty(server.Violations);
        JsonElement taken = Assert.Single(server.Events);
        Assert.Equal(1, taken.GetProperty("a_b").GetInt32());
        Assert.Equal(2, taken.EnumerateObject().Single(one => one.Name.StartsWith("a_b_", StringComparison.Ordinal)).Value.GetInt32());
        Assert.Equal((3, 4, 5, 6, 9), (Number("audit.accountId"), Number("audit.eventType"), Number("audit.entity.guid"), Number("audit.instrumentation.name"), Number("audit.hostname")));
        Assert.Equal("x", taken.GetProperty("audit.appId").GetString());
        Assert.Equal(7, Number(longName[..255]));
        Assert.Equal(8, taken.EnumerateObject().Single(one => one.Name.StartsWith("nnn", StringComparison.Ordinal) && one.Name.Contains('_', StringComparison.Ordinal)).Value.GetInt32());
        Assert.Equal(2, Number("audit.cut"));

        int Number(string name) => taken.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task Numbers_stay_numbers_where_64_bits_hold_them()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "events");

        await connector.SendAsync(
            BatchOf([$$"""{"timestamp":"{{Now}}","a":9223372036854775807,"b":18446744073709551615,"c":-1.5e300,"d":1e999,"e":0.1,"f":false,"g":null,"h":[],"i":[1,true,"x"],"j":[{"k":1}],"l":""}"""]), Cancellation);

        Assert.Empty(server.Violations);
        Assert.EndsWith(
            ""","a":9223372036854775807,"b":"18446744073709551615","c":-1.5e300,"d":"1e999","e":0.1,"f":"false","h":"","i":"1,true,x","j":"[{\"k\":1}]","l":""}]""",
            server.Requests[0].Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_whose_end_would_be_dropped_is_a_dead_letter()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "logs");
        string summary = "X (Info)\n";
        string whole = Padded(4094 + 128_000 - summary.Length);

        DeliveryResult result = await connector.SendAsync(BatchOf([whole, Padded(whole.Length + 1)]), Cancellation);

        Assert.Equal((1, FailureKind.TooLarge), (Assert.Single(result.Failures!).Index, result.Failures![0].Kind));
        Assert.Equal(summary + whole, Assert.Single(server.Logs).Message);
        Assert.Empty(server.Violations);
    }

    [Fact]
    public async Task It_is_cut_where_the_site_wants_it()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "logs", ""","oversized_events":"cut" """);

        DeliveryResult result = await connector.SendAsync(BatchOf([Padded(200_000)]), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        StoredLog log = Assert.Single(server.Logs);
        Assert.EndsWith("xxx…[cut]", log.Message, StringComparison.Ordinal);
        Assert.Equal(4094 + 128_000, Encoding.UTF8.GetByteCount(log.Message));
        Assert.Equal("1", log.Text("audit.cut"));
        Assert.Empty(server.Violations);
    }

    [Fact]
    public async Task A_body_above_a_million_bytes_is_not_sent_but_halved()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "logs");
        string[] events = [.. Enumerable.Range(0, 10).Select(index => $$"""{"event_id":"e-{{index}}","timestamp":"{{Now}}","p":"{{new string('x', 100_000)}}"}""")];

        DeliveryResult whole = await connector.SendAsync(BatchOf(events), Cancellation);
        DeliveryResult half = await connector.SendAsync(BatchOf(events[..5]), Cancellation);

        Assert.Equal(FailureKind.TooLarge, whole.Kind);
        Assert.True(half.IsDelivered, half.Reason);
        Assert.Single(server.Requests);
        Assert.Empty(server.Violations);
    }

    [Fact]
    public async Task Bytes_count_after_compression()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "logs", ""","compression":"gzip" """);
        string[] events = [.. Enumerable.Range(0, 20).Select(index => $$"""{"event_id":"e-{{index}}","timestamp":"{{Now}}","p":"{{new string('x', 100_000)}}"}""")];

        DeliveryResult result = await connector.SendAsync(BatchOf(events), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Equal(20, server.Logs.Count);
        Assert.Empty(server.Violations);
    }

    [Theory]
    [InlineData("2026-11-21T20:10:00Z", true)]
    [InlineData("2026-11-21T20:00:00Z", false)]
    [InlineData("2026-11-24T19:50:00Z", true)]
    [InlineData("2026-11-24T20:00:00Z", false)]
    [InlineData("1969-01-01T00:00:00Z", false)]
    public async Task A_log_keeps_its_time_where_new_relic_takes_it(string time, bool keeps)
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "logs metrics");

        DeliveryResult result = await connector.SendAsync(BatchOf([SecurityEvent(1, time)]), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(server.Violations);
        StoredLog log = Assert.Single(server.Logs);
        Assert.Equal(keeps, log.Timestamp is not null);
        Assert.Equal(time, log.Text("event.time"));
        Assert.All(server.Points, point => Assert.Equal(keeps, point.Timestamp is not null));
        Assert.Equal(4, server.Points.Count);
    }

    [Fact]
    public async Task Each_kind_has_a_window_of_its_own()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "logs events traces metrics");

        DeliveryResult result = await connector.SendAsync(BatchOf([SecurityEvent(1, "2026-11-22T12:00:00Z"), SecurityEvent(2, "2026-11-23T12:00:00Z"), SecurityEvent(3)]), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(server.Violations);
        Assert.All(server.Logs, log => Assert.NotNull(log.Timestamp));
        Assert.Equal([false, true, true], server.Events.Select(one => one.TryGetProperty("timestamp", out _)));
        Assert.Equal("e-3", Assert.Single(server.Spans).Attributes["event.id"]);
    }

    [Fact]
    public async Task A_span_that_new_relic_would_drop_and_nothing_beside_it_is_a_dead_letter()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "traces");

        DeliveryResult result = await connector.SendAsync(BatchOf([SecurityEvent(1, "2026-11-23T18:59:00Z"), SecurityEvent(2)]), Cancellation);

        EventFailure failure = Assert.Single(result.Failures!);
        Assert.Equal((0, FailureKind.Rejected), (failure.Index, failure.Kind));
        Assert.Contains("send logs", failure.Reason, StringComparison.Ordinal);
        Assert.Single(server.Spans);
    }

    [Fact]
    public async Task Late_events_are_dead_letters_where_the_site_wants_it()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "logs", ""","late_events":"dead_letter" """);

        DeliveryResult result = await connector.SendAsync(BatchOf([SecurityEvent(1, "2026-11-20T00:00:00Z"), SecurityEvent(2)]), Cancellation);

        EventFailure failure = Assert.Single(result.Failures!);
        Assert.Equal((0, FailureKind.Rejected), (failure.Index, failure.Kind));
        Assert.Contains("2026-11-20T00:00:00Z", failure.Reason, StringComparison.Ordinal);
        Assert.Contains("late_events", failure.Reason, StringComparison.Ordinal);
        Assert.Equal($"logs {NewRelicServer.IdOf(1)}", result.AcknowledgementId);
    }

    [Fact]
    public async Task A_batch_of_nothing_but_dead_letters_sends_nothing()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "logs metrics", ""","late_events":"dead_letter" """);

        DeliveryResult result = await connector.SendAsync(BatchOf([SecurityEvent(1, "2026-11-20T00:00:00Z")]), Cancellation);

        Assert.Single(result.Failures!);
        Assert.Empty(server.Requests);
    }

    public void Dispose() => _context.Dispose();

    private static string Many(int count)
    {
        var json = new StringBuilder($$"""{"timestamp":"{{Now}}","event_type":"X" """);
        for (int index = 0; index < count; index++)
            json.Append($",\"m{index}\":{index}");
        return json.Append('}').ToString();
    }

    private static string Padded(int length)
    {
        string start = $$"""{"event_type":"X","timestamp":"{{Now}}","p":" """.TrimEnd();
        return $"{start}{new string('x', length - start.Length - 2)}\"}}";
    }
}
