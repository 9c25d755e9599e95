using System.Globalization;
using System.Text;
using System.Text.Json;
using AuditHost.Connectors.OpsGenie;
using AuditHost.Fakes;
using AuditHost.Fakes.OpsGenie;
using AuditHost.Plugins.Tests.Alerts;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.OpsGenie.OpsGenieTests;

namespace AuditHost.Plugins.Tests.OpsGenie;

/// <summary>What goes over the wire.</summary>
public sealed class OpsGenieRequestTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Theory]
    [InlineData(true, "", "/jsm/ops/integration/v2/alerts")]
    [InlineData(false, ""","api":"opsgenie" """, "/v2/alerts")]
    public async Task An_alert_is_opened_with_the_same_body_in_both_products(bool isSuccessor, string settings, string path)
    {
        (FakeRequest request, AlertApi api) = await SendAsync(settings, AlertEvents.Of(count: 431), isSuccessor);

        Assert.Empty(api.Violations);
        Assert.Equal(("POST", path), (request.Method, request.Path));
        Assert.Equal($"GenieKey {AlertApi.Key}", request.Header("Authorization"));
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.Equal(
            $$$$"""
            {"alias":"{{{{AlertEvents.DedupKey}}}}","message":"SecurityEvent High, 431 events; the most severe: SecurityEvent (High) by alice on app01","description":"SecurityEvent High, 431 events; the most severe: SecurityEvent (High) by alice on app01\u000aat 2026-11-23T20:00:00.123Z\u000a{\"type\":\"Access\",\"data\":{\"result\":\"denied\"}}","entity":"app01","source":"copybook-core","tags":["SecurityEvent","High","PHI","HIPAA","SOX"],"details":{"event_id":"e-1","severity":"High","user":"alice","operation_id":"op-7","classification":"PHI","alert_group":"SecurityEvent High","events":"431","events_since_open":"862","first_event":"2026-11-23T20:00:00.000Z","last_event":"2026-11-23T20:00:09.131Z"},"priority":"P2"}
            """,
            request.Text);
    }

    [Theory]
    [InlineData("acknowledge", "acknowledge")]
    [InlineData("resolve", "close")]
    public async Task What_follows_an_alert_goes_to_its_alias(string action, string verb)
    {
        await using AlertApi api = await StartAsync();
        await using IConnector connector = Create(_context, ""","source":"audit-west" """, api.Address);

        DeliveryResult result = await connector.SendAsync(Batch(AlertEvents.Of(dedupKey: "a/b c%d:\u20ac"), AlertEvents.Of(action, dedupKey: "a/b c%d:\u20ac")), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(api.Violations);
        FakeRequest request = api.Requests[1];
        Assert.Equal($"/jsm/ops/integration/v2/alerts/a%2Fb%20c%25d:%E2%82%AC/{verb}", request.Path);
        Assert.Equal("alias", request.Query["identifierType"]);
        Assert.Equal("""{"source":"audit-west","note":"SecurityEvent (High) by alice on app01"}""", request.Text);
        OpsGenieAlert alert = Assert.Single(api.Alerts);
        Assert.Equal((verb == "acknowledge", verb == "close"), (alert.IsAcknowledged, alert.IsClosed));
        Assert.Empty(api.Dropped);
    }

    [Fact]
    public async Task Messages_of_one_group_are_one_alert_until_it_is_closed()
    {
        await using AlertApi api = await StartAsync();
        await using IConnector connector = Create(_context, endpoints: api.Address);

        DeliveryResult result = await connector.SendAsync(Batch(AlertEvents.Of(), AlertEvents.Of(count: 12), AlertEvents.Of("resolve"), AlertEvents.Of()), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.All(result.AcknowledgementIds!, id => Assert.True(Guid.TryParse(id, CultureInfo.InvariantCulture, out _)));
        Assert.Equal([(2, true), (1, false)], api.Alerts.Select(alert => (alert.Count, alert.IsClosed)));
    }

    [Theory]
    [InlineData("Critical", "P1")]
    [InlineData("High", "P2")]
    [InlineData("Medium", "P3")]
    [InlineData("Low", "P5")]
    [InlineData("Info", "P5")]
    public async Task Priorities_follow_severities_as_they_are_mapped(string severity, string expected)
    {
        (FakeRequest request, _) = await SendAsync(""","priority_mapping":{"Low":"P5"}""", AlertEvents.Plain(severity));

        Assert.Equal(expected, BodyOf(request).GetProperty("priority").GetString());
    }

    [Fact]
    public async Task Responders_of_the_successor_go_by_id()
    {
        (FakeRequest request, AlertApi api) = await SendAsync(
            ""","responders":[{"type":"team","id":"t-1"},{"type":"schedule","id":"s-1"}],"visible_to":[{"type":"user","id":"u-1"}]""", AlertEvents.Of());

        Assert.Empty(api.Violations);
        Assert.Equal("""[{"type":"team","id":"t-1"},{"type":"schedule","id":"s-1"}]""", BodyOf(request).GetProperty("responders").GetRawText());
        Assert.Equal("""[{"type":"user","id":"u-1"}]""", BodyOf(request).GetProperty("visibleTo").GetRawText());
    }

    [Fact]
    public async Task Responders_of_OpsGenie_also_go_by_name()
    {
        (FakeRequest request, AlertApi api) = await SendAsync(
            ""","api":"opsgenie","responders":[{"type":"team","name":"Sec \"Ops\""},{"type":"user","name":"ann@example.com"},{"type":"escalation","id":"e-1"}]""",
            AlertEvents.Of(), isSuccessor: false);

        Assert.Empty(api.Violations);
        Assert.Equal(
            """[{"type":"team","name":"Sec \"Ops\""},{"type":"user","username":"ann@example.com"},{"type":"escalation","id":"e-1"}]""",
            BodyOf(request).GetProperty("responders").GetRawText());
    }

    [Fact]
    public async Task What_a_template_says_itself_stands()
    {
        (FakeRequest request, AlertApi api) = await SendMessageAsync(
            """{"alias":"mine","message":"m","source":"s","priority":"P5","responders":[{"type":"team","id":"t"}],"visibleTo":[{"type":"team","id":"v"}],"tags":["own"],"actions":["Restart"],"user":"u","note":"n"}""",
            ""","tags":["audit","west"],"responders":[{"type":"team","id":"other"}],"visible_to":[{"type":"team","id":"other"}],"source":"other" """);

        Assert.Empty(api.Violations);
        Assert.Equal(
            """{"alias":"mine","message":"m","source":"s","priority":"P5","responders":[{"type":"team","id":"t"}],"visibleTo":[{"type":"team","id":"v"}],"tags":["audit","west","own"],"actions":["Restart"],"user":"u","note":"n"}""",
            request.Text);
    }

    [Fact]
    public async Task What_a_template_leaves_out_is_added()
    {
        (FakeRequest request, AlertApi api) = await SendMessageAsync("""{"message":"m"}""", ""","tags":["audit"]""");

        Assert.Empty(api.Violations);
        Assert.Equal($$"""{"alias":"{{AlertEvents.DedupKey}}","message":"m","source":"AuditHost","priority":"P2","tags":["audit"]}""", request.Text);
    }

    [Fact]
    public async Task A_template_can_acknowledge()
    {
        (FakeRequest request, AlertApi api) = await SendMessageAsync("""{"event_action":"acknowledge","alias":"mine","message":"m"}""");

        Assert.Empty(api.Violations);
        Assert.EndsWith("/mine/acknowledge", request.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_hold_whatever_a_template_writes()
    {
        string text = string.Concat(Enumerable.Repeat("\ud83d\ude00\"", 20_000));
        string message = JsonSerializer.Serialize(new
        {
            alias = text,
            message = text,
            description = text,
            entity = text,
            source = text,
            user = text,
            note = text,
            tags = Enumerable.Repeat(text, 30),
            details = new Dictionary<string, object?> { ["a"] = "first", ["n"] = 17, ["o"] = new[] { 1, 2 }, ["none"] = null, ["long"] = text, ["late"] = "too late, or perhaps not" },
        });

        (FakeRequest request, AlertApi api) = await SendMessageAsync(message, ""","tags":["audit"]""");

        Assert.Empty(api.Violations);
        JsonElement body = BodyOf(request);
        Assert.Equal(text[..129], body.GetProperty("message").GetString());
        Assert.Equal(text[..15_000], body.GetProperty("description").GetString());
        Assert.Equal(20, body.GetProperty("tags").GetArrayLength());
        Assert.Equal(["a", "n", "o", "long"], body.GetProperty("details").EnumerateObject().Select(detail => detail.Name));
        Assert.Equal("[1,2]", body.GetProperty("details").GetProperty("o").GetString());
    }

    [Theory]
    [InlineData("", "", "/jsm/ops/integration/v2/alerts")]
    [InlineData("", "relay/", "/relay/jsm/ops/integration/v2/alerts")]
    [InlineData("", "jsm/ops/integration/v2/alerts", "/jsm/ops/integration/v2/alerts")]
    [InlineData(""","api":"opsgenie" """, "", "/v2/alerts")]
    [InlineData(""","api":"opsgenie" """, "v2/alerts/", "/v2/alerts")]
    public void The_path_is_completed(string api, string path, string expected) => Assert.Equal(
        [$"https://alerts.example{expected}"],
        EndpointsOf($$"""{"api_key":"k","endpoint":"https://alerts.example/{{path}}"{{api}}}"""));

    [Theory]
    [InlineData("", "https://api.atlassian.com/jsm/ops/integration/v2/alerts")]
    [InlineData(""","api":"opsgenie" """, "https://api.opsgenie.com/v2/alerts")]
    [InlineData(""","api":"opsgenie","region":"eu" """, "https://api.eu.opsgenie.com/v2/alerts")]
    public void Each_product_and_region_has_its_address(string further, string expected) =>
        Assert.Equal([expected], EndpointsOf($$"""{"api_key":"k"{{further}}}"""));

    [Fact]
    public async Task Another_endpoint_takes_over()
    {
        await using AlertApi first = await StartAsync();
        await using AlertApi second = await StartAsync();
        await using IConnector connector = Create(_context, "", first.Address, second.Address);
        first.FailNext(new FakeAnswer(503));

        Assert.Equal(FailureKind.Transient, (await connector.SendAsync(Batch(AlertEvents.Of("resolve")), Cancellation)).Kind);
        Assert.True((await connector.SendAsync(Batch(AlertEvents.Of("resolve")), Cancellation)).IsDelivered);

        Assert.EndsWith("/close", Assert.Single(second.Requests).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_probe_of_the_successor_closes_what_nobody_opened()
    {
        await using AlertApi api = await StartAsync();
        await using IConnector connector = Create(_context, endpoints: api.Address);

        await connector.ProbeAsync(Cancellation);

        Assert.Empty(api.Violations);
        Assert.Equal(["close audithost:probe"], api.Dropped);
    }

    [Fact]
    public async Task A_probe_of_OpsGenie_asks_for_a_request_that_there_never_was()
    {
        await using AlertApi api = await StartAsync(isSuccessor: false);
        await using IConnector connector = Create(_context, ""","api":"opsgenie" """, api.Address);

        await connector.ProbeAsync(Cancellation);

        Assert.Empty(api.Violations);
        Assert.Equal(("GET", 0), (Assert.Single(api.Requests).Method, api.RequestsTaken));
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, ""","api":"opsgenie" """)]
    public async Task A_probe_says_what_is_wrong_with_the_key(bool isSuccessor, string settings)
    {
        await using AlertApi api = await StartAsync(isSuccessor);
        await using IConnector connector = new OpsGenieFactory().Create(
            Encoding.UTF8.GetBytes($$"""{"endpoint":"{{api.Address}}","api_key":"2f243592-faa2-4ba2-a551-1afdf565c889"{{settings}}}"""), _context);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.ProbeAsync(Cancellation));

        Assert.Contains("api_key", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("2f243592", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_in_the_place_of_the_api_is_no_sound_probe()
    {
        await using AlertApi api = await StartAsync();
        api.FailNext(new FakeAnswer(404, "<html>", "text/html"));
        await using IConnector connector = Create(_context, endpoints: api.Address);

        await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.ProbeAsync(Cancellation));
    }

    public void Dispose() => _context.Dispose();

    private static IEnumerable<string> EndpointsOf(string settings) =>
        new OpsGenieFactory().Endpoints(Encoding.UTF8.GetBytes(settings)).Select(endpoint => endpoint.AbsoluteUri);

    private static JsonElement BodyOf(FakeRequest request) => JsonElement.Parse(request.Text);

    private Task<(FakeRequest Request, AlertApi Api)> SendAsync(string settings, AuditEvent auditEvent, bool isSuccessor = true) =>
        SendAsync(settings, Batch(auditEvent), isSuccessor);

    private Task<(FakeRequest Request, AlertApi Api)> SendMessageAsync(string message, string settings = "") =>
        SendAsync(settings, AlertEvents.Batch((AlertEvents.Of(), message)), isSuccessor: true);

    private async Task<(FakeRequest Request, AlertApi Api)> SendAsync(string settings, EventBatch batch, bool isSuccessor)
    {
        await using AlertApi api = await StartAsync(isSuccessor);
        await using IConnector connector = Create(_context, settings, api.Address);
        DeliveryResult result = await connector.SendAsync(batch, Cancellation);
        Assert.True(result.IsDelivered, $"{result.Reason} {string.Join("; ", api.Violations)}");
        return (Assert.Single(api.Requests), api);
    }
}
