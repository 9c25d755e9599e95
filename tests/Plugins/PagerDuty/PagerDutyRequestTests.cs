using System.Text.Json;
using AuditHost.Fakes;
using AuditHost.Fakes.PagerDuty;
using AuditHost.Plugins.Tests.Alerts;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.PagerDuty.PagerDutyTests;

namespace AuditHost.Plugins.Tests.PagerDuty;

/// <summary>What goes over the wire.</summary>
public sealed class PagerDutyRequestTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Fact]
    public async Task A_trigger_has_everything_that_an_alert_needs()
    {
        (FakeRequest request, PagerDutyEvents events) = await SendAsync("", AlertEvents.Of(count: 431));

        Assert.Empty(events.Violations);
        Assert.Equal(("POST", "/v2/enqueue"), (request.Method, request.Path));
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.Equal(
            $$$$"""
            {"routing_key":"{{{{PagerDutyEvents.Key}}}}","event_action":"trigger","dedup_key":"{{{{AlertEvents.DedupKey}}}}","payload":{"summary":"SecurityEvent High, 431 events; the most severe: SecurityEvent (High) by alice on app01","source":"app01","timestamp":"2026-11-23T20:00:00.1230000Z","component":"copybook-core","group":"PHI","class":"SecurityEvent","custom_details":{"event_id":"e-1","severity":"High","user":"alice","operation_id":"op-7","compliance_profiles":["HIPAA","SOX"],"alert_group":"SecurityEvent High","events":431,"events_since_open":862,"first_event":"2026-11-23T20:00:00.000Z","last_event":"2026-11-23T20:00:09.131Z","payload":{"type":"Access","data":{"result":"denied"}}},"severity":"error"},"client":"AuditHost"}
            """,
            request.Text);
    }

    [Theory]
    [InlineData("acknowledge")]
    [InlineData("resolve")]
    public async Task What_follows_an_alert_names_it_and_no_more(string action)
    {
        (FakeRequest request, PagerDutyEvents events) = await SendAsync("", AlertEvents.Of(action));

        Assert.Empty(events.Violations);
        Assert.Equal($$"""{"routing_key":"{{PagerDutyEvents.Key}}","event_action":"{{action}}","dedup_key":"{{AlertEvents.DedupKey}}"}""", request.Text);
    }

    [Fact]
    public async Task Triggers_of_one_group_are_one_alert_which_its_resolve_closes()
    {
        await using PagerDutyEvents events = await StartAsync();
        await using IConnector connector = Create(_context, endpoints: events.Address);

        DeliveryResult result = await connector.SendAsync(
            Batch(AlertEvents.Of(), AlertEvents.Of(count: 12), AlertEvents.Of("acknowledge"), AlertEvents.Of("resolve"), AlertEvents.Of()), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Equal(Enumerable.Repeat(AlertEvents.DedupKey, 5), result.AcknowledgementIds);
        Assert.Equal([(AlertState.Resolved, 2), (AlertState.Triggered, 1)], events.Alerts.Select(alert => (alert.State, alert.Triggers.Count)));
        Assert.Empty(events.Dropped);
    }

    [Fact]
    public async Task A_message_that_comes_again_opens_no_second_alert()
    {
        await using PagerDutyEvents events = await StartAsync();
        await using IConnector connector = Create(_context, endpoints: events.Address);

        for (int attempt = 0; attempt < 2; attempt++)
            await connector.SendAsync(Batch(AlertEvents.Plain(sequence: 7)), Cancellation);

        PagerDutyAlert alert = Assert.Single(events.Alerts);
        Assert.Equal(("log-7", 2), (alert.DedupKey, alert.Triggers.Count));
    }

    [Theory]
    [InlineData("Critical", "critical")]
    [InlineData("High", "error")]
    [InlineData("Medium", "warning")]
    [InlineData("Low", "info")]
    [InlineData("Info", "info")]
    public async Task Severities_are_those_of_the_given_configuration(string severity, string expected)
    {
        (FakeRequest request, _) = await SendAsync("", AlertEvents.Plain(severity));

        Assert.Equal(expected, PayloadOf(request).GetProperty("severity").GetString());
    }

    [Fact]
    public async Task Severities_can_be_mapped_one_by_one()
    {
        const string Mapping = ""","severity_mapping":{"High":"critical"}""";

        Assert.Equal("critical", PayloadOf((await SendAsync(Mapping, AlertEvents.Plain("High"))).Request).GetProperty("severity").GetString());
        Assert.Equal("warning", PayloadOf((await SendAsync(Mapping, AlertEvents.Plain("Medium"))).Request).GetProperty("severity").GetString());
    }

    [Fact]
    public async Task Client_and_links_come_from_the_settings()
    {
        (FakeRequest request, PagerDutyEvents events) = await SendAsync(
            ""","client":"Audit \"West\"","client_url":"https://audit.example/","links":[{"href":"https://wiki.example/audit","text":"Runbook"},{"href":"https://b.example"}]""",
            AlertEvents.Of());

        Assert.Empty(events.Violations);
        JsonElement body = JsonElement.Parse(request.Text);
        Assert.Equal(("Audit \"West\"", "https://audit.example/"), (body.GetProperty("client").GetString(), body.GetProperty("client_url").GetString()));
        Assert.Equal("""[{"href":"https://wiki.example/audit","text":"Runbook"},{"href":"https://b.example"}]""", body.GetProperty("links").GetRawText());
    }

    [Fact]
    public async Task What_a_template_says_itself_stands()
    {
        const string Message =
            """{"event_action":"acknowledge","dedup_key":"mine","payload":{"summary":"s","severity":"info","source":"me"},"client":"c","client_url":"https://c","links":[{"href":"https://l"}],"images":[{"src":"https://i"}]}""";
        (FakeRequest acknowledged, _) = await SendMessageAsync(AlertEvents.Of(), Message);
        (FakeRequest triggered, PagerDutyEvents events) = await SendMessageAsync(
            AlertEvents.Of(), Message.Replace("acknowledge", "trigger", StringComparison.Ordinal), ""","links":[{"href":"https://other"}]""");

        Assert.Empty(events.Violations);
        Assert.Equal($$"""{"routing_key":"{{PagerDutyEvents.Key}}","event_action":"acknowledge","dedup_key":"mine"}""", acknowledged.Text);
        Assert.Equal(
            $$"""{"routing_key":"{{PagerDutyEvents.Key}}","event_action":"trigger","dedup_key":"mine","payload":{"summary":"s","severity":"info","source":"me"},"client":"c","client_url":"https://c","links":[{"href":"https://l"}],"images":[{"src":"https://i"}]}""",
            triggered.Text);
    }

    [Fact]
    public async Task What_a_template_leaves_out_is_added()
    {
        (FakeRequest request, PagerDutyEvents events) = await SendMessageAsync(AlertEvents.Of(), """{"payload":{"summary":"s"}}""");

        Assert.Empty(events.Violations);
        Assert.Equal("""{"summary":"s","source":"app01","severity":"error"}""", PayloadOf(request).GetRawText());
    }

    [Fact]
    public async Task No_message_can_bring_a_key_of_its_own()
    {
        (FakeRequest request, PagerDutyEvents events) = await SendMessageAsync(
            AlertEvents.Of(), """{"routing_key":"00000000000000000000000000000000","routing_\u006bey":"11111111111111111111111111111111","payload":{"summary":"s"}}""");

        Assert.Empty(events.Violations);
        Assert.Equal(PagerDutyEvents.Key, JsonElement.Parse(request.Text).GetProperty("routing_key").GetString());
        Assert.DoesNotContain("1111", request.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_hold_whatever_a_template_writes()
    {
        string summary = string.Concat(Enumerable.Repeat("\ud83d\ude00", 600));
        (FakeRequest request, PagerDutyEvents events) = await SendMessageAsync(
            AlertEvents.Of(), JsonSerializer.Serialize(new { dedup_key = new string('k', 5000), payload = new { summary } }));

        Assert.Empty(events.Violations);
        Assert.Equal(summary[..1024], PayloadOf(request).GetProperty("summary").GetString());
        Assert.Equal(255, JsonElement.Parse(request.Text).GetProperty("dedup_key").GetString()!.Length);
    }

    [Fact]
    public async Task A_change_goes_where_changes_go_without_what_alerts_have()
    {
        (FakeRequest request, PagerDutyEvents events) = await SendAsync(
            ""","change_events":["ConfigurationChange","Deployment"],"client_url":"https://c","links":[{"href":"https://l"}]""",
            AlertEvents.Of(group: "ConfigurationChange High", type: "ConfigurationChange"));

        Assert.Empty(events.Violations);
        Assert.Equal("/v2/change/enqueue", request.Path);
        Assert.Equal(["routing_key", "payload", "links"], JsonElement.Parse(request.Text).EnumerateObject().Select(member => member.Name));
        Assert.Equal(["summary", "source", "timestamp", "custom_details"], PayloadOf(request).EnumerateObject().Select(member => member.Name));
        Assert.Single(events.Changes);
        Assert.Empty(events.Alerts);
    }

    [Theory]
    [InlineData("ConfigurationChange High", 12, true)]
    [InlineData("ConfigurationChange", 12, true)]
    [InlineData("ConfigurationChange\\u0020High", 12, true)]
    [InlineData("ConfigurationChanges High", 12, false)]
    [InlineData("Configuration", 12, false)]
    [InlineData("High ConfigurationChange", 12, false)]
    [InlineData("all events", 12, false)]
    [InlineData("alice", 12, false)]
    [InlineData("alice", 1, false)]
    public async Task A_message_for_several_events_is_a_change_only_where_all_of_them_are(string group, int count, bool isChange)
    {
        AuditEvent message = TestEvent.Parse($$$"""
            {"event_id":"e","event_type":"ConfigurationChange","severity":"High","source":"s","alert":{"action":"trigger","dedup_key":"k","group":"{{{group}}}","count":{{{count}}},"total":12}}
            """);

        (FakeRequest request, PagerDutyEvents events) = await SendAsync(""","change_events":["ConfigurationChange"]""", message);

        Assert.Empty(events.Violations);
        Assert.Equal(isChange ? "/v2/change/enqueue" : "/v2/enqueue", request.Path);
    }

    [Fact]
    public async Task An_alert_is_resolved_also_where_its_first_message_was_a_change()
    {
        await using PagerDutyEvents events = await StartAsync();
        await using IConnector connector = Create(_context, ""","change_events":["ConfigurationChange"]""", events.Address);
        const string Change =
            """{"event_id":"e","event_type":"ConfigurationChange","source":"s","alert":{"action":"trigger","dedup_key":"k","group":"all events","count":1,"total":1}}""";
        AuditEvent[] messages =
        [
            TestEvent.Parse(Change),
            TestEvent.Parse(Change.Replace("ConfigurationChange", "SecurityEvent", StringComparison.Ordinal).Replace("\"total\":1", "\"total\":2", StringComparison.Ordinal)),
            TestEvent.Parse(Change.Replace("trigger", "resolve", StringComparison.Ordinal).Replace("\"total\":1", "\"total\":2", StringComparison.Ordinal)),
        ];

        DeliveryResult result = await connector.SendAsync(Batch(messages), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Single(events.Changes);
        Assert.Equal(AlertState.Resolved, Assert.Single(events.Alerts).State);
    }

    [Fact]
    public async Task The_resolve_of_a_change_is_dropped_by_PagerDuty()
    {
        await using PagerDutyEvents events = await StartAsync();
        await using IConnector connector = Create(_context, ""","change_events":["ConfigurationChange"]""", events.Address);

        DeliveryResult result = await connector.SendAsync(Batch(AlertEvents.Of("resolve", type: "ConfigurationChange")), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Equal([$"resolve {AlertEvents.DedupKey}"], events.Dropped);
    }

    [Theory]
    [InlineData("", "/v2/enqueue")]
    [InlineData("v2/enqueue", "/v2/enqueue")]
    [InlineData("v2/change/enqueue/", "/v2/enqueue")]
    [InlineData("relay/pagerduty/", "/relay/pagerduty/v2/enqueue")]
    public void The_path_is_completed(string path, string expected) => Assert.Equal(
        [$"https://events.example{expected}"],
        new Connectors.PagerDuty.PagerDutyFactory().Endpoints(
            System.Text.Encoding.UTF8.GetBytes($$"""{"integration_key":"k","endpoint":"https://events.example/{{path}}"}""")).Select(endpoint => endpoint.AbsoluteUri));

    [Fact]
    public async Task Another_endpoint_takes_over()
    {
        await using PagerDutyEvents first = await StartAsync();
        await using PagerDutyEvents second = await StartAsync();
        await using IConnector connector = Create(_context, ""","change_events":["ConfigurationChange"]""", first.Address, second.Address);
        first.FailNext(new FakeAnswer(500));
        EventBatch batch = Batch(AlertEvents.Of(group: "ConfigurationChange High", type: "ConfigurationChange"));

        Assert.Equal(FailureKind.Transient, (await connector.SendAsync(batch, Cancellation)).Kind);
        Assert.True((await connector.SendAsync(batch, Cancellation)).IsDelivered);

        Assert.Equal("/v2/change/enqueue", Assert.Single(second.Requests).Path);
    }

    [Fact]
    public async Task A_probe_resolves_what_nobody_opened()
    {
        await using PagerDutyEvents events = await StartAsync();
        await using IConnector connector = Create(_context, endpoints: events.Address);

        await connector.ProbeAsync(Cancellation);

        Assert.Empty(events.Violations);
        Assert.Equal(["resolve audithost:probe"], events.Dropped);
        Assert.Empty(events.Alerts);
    }

    [Fact]
    public async Task A_probe_that_is_throttled_has_reached_PagerDuty()
    {
        await using PagerDutyEvents events = await StartAsync();
        events.EventsPerMinute = 0;
        await using IConnector connector = Create(_context, endpoints: events.Address);

        await connector.ProbeAsync(Cancellation);

        Assert.Single(events.Requests);
    }

    [Fact]
    public async Task A_probe_says_that_the_key_is_wrong()
    {
        await using PagerDutyEvents events = await StartAsync();
        events.Keys = new HashSet<string>();
        await using IConnector connector = Create(_context, endpoints: events.Address);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.ProbeAsync(Cancellation));

        Assert.Contains("integration_key", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(PagerDutyEvents.Key, failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _context.Dispose();

    private static JsonElement PayloadOf(FakeRequest request) => JsonElement.Parse(request.Text).GetProperty("payload");

    private async Task<(FakeRequest Request, PagerDutyEvents Events)> SendAsync(string settings, AuditEvent auditEvent) => await SendAsync(settings, Batch(auditEvent));

    private Task<(FakeRequest Request, PagerDutyEvents Events)> SendMessageAsync(AuditEvent auditEvent, string message, string settings = "") =>
        SendAsync(settings, AlertEvents.Batch((auditEvent, message)));

    private async Task<(FakeRequest Request, PagerDutyEvents Events)> SendAsync(string settings, EventBatch batch)
    {
        await using PagerDutyEvents events = await StartAsync();
        await using IConnector connector = Create(_context, settings, events.Address);
        DeliveryResult result = await connector.SendAsync(batch, Cancellation);
        Assert.True(result.IsDelivered, $"{result.Reason} {string.Join("; ", events.Violations)}");
        return (Assert.Single(events.Requests), events);
    }
}
