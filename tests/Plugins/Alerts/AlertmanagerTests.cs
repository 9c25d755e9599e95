using System.Text;
using System.Text.Json;
using AuditHost.Connectors.OpsGenie;
using AuditHost.Connectors.PagerDuty;
using AuditHost.Connectors.Slack;
using AuditHost.Fakes;
using AuditHost.Fakes.OpsGenie;
using AuditHost.Fakes.PagerDuty;
using AuditHost.Fakes.Slack;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Alerts;

/// <summary>
/// What the connectors send is of the shape that Prometheus' Alertmanager sends for the same alert; and the fakes take what it sends, so that
/// they ask no more than the vendors.
/// </summary>
public sealed class AlertmanagerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestFolder _folder = new();
    private readonly TestPluginContext _context = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PagerDuty_gets_the_same_members()
    {
        await using var oracle = new PagerDutyEvents();
        await using var ours = new PagerDutyEvents();
        FakeRequest[] expected = await AskAsync(oracle, address => $$"""
                pagerduty_configs:
                  - { routing_key: {{PagerDutyEvents.Key}}, url: "{{address}}v2/enqueue", severity: error, client: AuditHost, client_url: "https://audit.example/",
                      component: copybook-core, class: SecurityEvent, group: PHI, links: [{ href: "https://wiki.example", text: Runbook }] }
            """);
        FakeRequest[] actual = await SendAsync(
            ours, new PagerDutyFactory(), new PagerDutyFormatterFactory(),
            $$"""{"endpoint":"ADDRESS","integration_key":"{{PagerDutyEvents.Key}}","client_url":"https://audit.example/","links":[{"href":"https://wiki.example","text":"Runbook"}]}""");

        Assert.Empty(oracle.Violations.Concat(ours.Violations));
        Assert.Equal(AlertState.Resolved, Assert.Single(oracle.Alerts).State);
        Assert.Equal(AlertState.Resolved, Assert.Single(ours.Alerts).State);

        // Alertmanager gives no time, and repeats the whole message where an alert ends; PagerDuty reads neither there.
        Assert.Equal(Shape(expected[0]).Append("payload.timestamp:String").Order(), Shape(actual[0]).Order());
        Assert.Subset(Shape(expected[1]).ToHashSet(), Shape(actual[1]).ToHashSet());
        foreach (string path in new[] { "routing_key", "event_action", "client", "client_url", "links", "payload.severity", "payload.component", "payload.class", "payload.group" })
            Assert.Equal(Value(expected[0], path), Value(actual[0], path));
        Assert.Equal(Value(expected[1], "event_action"), Value(actual[1], "event_action"));
        Assert.Equal(Heads(expected), Heads(actual));

        IEnumerable<string> Shape(FakeRequest request) => JsonShape.Of(JsonElement.Parse(request.Text), "custom_details");
    }

    [Fact]
    public async Task OpsGenie_gets_the_same_members()
    {
        await using var oracle = new AlertApi(isSuccessor: false);
        await using var ours = new AlertApi(isSuccessor: false);
        (FakeRequest[] expected, FakeRequest[] actual) = await CompareAsync(
            oracle, ours, string.Empty, "{ type: team, name: Sec }, { type: user, username: ann@example.com }",
            """ "api":"opsgenie","responders":[{"type":"team","name":"Sec"},{"type":"user","name":"ann@example.com"}]""");

        Assert.Equal(
            (Assert.Single(oracle.Alerts).IsClosed, Assert.Single(ours.Alerts).IsClosed), (true, true));
        Assert.Equal("/v2/alerts", actual[0].Path);
        Compare(expected, actual);
    }

    [Fact]
    public async Task Jira_Service_Management_gets_the_same_members()
    {
        await using var oracle = new AlertApi(isSuccessor: true);
        await using var ours = new AlertApi(isSuccessor: true);
        (FakeRequest[] expected, FakeRequest[] actual) = await CompareAsync(
            oracle, ours, "jsm/ops/integration/", "{ type: team, id: t-1 }", """ "responders":[{"type":"team","id":"t-1"}]""");

        Assert.Equal(
            (Assert.Single(oracle.Alerts).IsClosed, Assert.Single(ours.Alerts).IsClosed), (true, true));
        Assert.Equal("/jsm/ops/integration/v2/alerts", actual[0].Path);
        Compare(expected, actual);
    }

    /// <summary>Alertmanager's attachments are what Slack calls outmoded; blocks say the same. So the texts are compared, each with its place.</summary>
    [Fact]
    public async Task Slack_gets_the_same_texts()
    {
        await using var oracle = new SlackServer();
        await using var ours = new SlackServer();
        const string Title = """{{ if eq .Status "firing" }}Alert{{ else }}Resolved{{ end }}: SecurityEvent High""";
        FakeRequest[] expected = await AskAsync(oracle, address => $$"""
                slack_configs:
                  - { api_url: "{{address.GetLeftPart(UriPartial.Authority)}}{{SlackServer.WebhookPath}}", channel: "#security-alerts", send_resolved: true,
                      title: '{{Title}}', fallback: '{{Title}}', fields: [
                        { title: Type, value: SecurityEvent }, { title: User, value: alice }, { title: Host, value: app01 }, { title: Source, value: copybook-core },
                        { title: Operation, value: op-7 }, { title: Classification, value: PHI }, { title: Compliance, value: "HIPAA,SOX" }] }
            """);
        FakeRequest[] actual = await SendAsync(ours, new SlackFactory(), new SlackFormatterFactory(), $$"""{"webhook_url":"ADDRESS{{SlackServer.WebhookPath[1..]}}"}""");

        Assert.Empty(oracle.Violations.Concat(ours.Violations));
        Assert.Equal(expected.Select(Texts), actual.Select(Texts));
        Assert.Equal(expected.Select(Head), actual.Select(Head));

        static string Head(FakeRequest request) => $"{request.Method} {request.Path} {request.Header("Authorization")} {request.Header("Content-Type")}";

        static string Texts(FakeRequest request) => string.Join('\n', TextsOf(JsonElement.Parse(request.Text)));

        static IEnumerable<string> TextsOf(JsonElement message)
        {
            if (message.TryGetProperty("attachments", out JsonElement attachments))
            {
                JsonElement attachment = Assert.Single(attachments.EnumerateArray());
                return attachment.GetProperty("fields").EnumerateArray()
                    .Select(field => $"*{field.GetProperty("title")}*\n{field.GetProperty("value")}")
                    .Prepend($"title {attachment.GetProperty("title")}").Prepend($"notification {attachment.GetProperty("fallback")}");
            }

            JsonElement blocks = message.GetProperty("blocks");
            return blocks.EnumerateArray().Single(block => block.TryGetProperty("fields", out _)).GetProperty("fields").EnumerateArray()
                .Select(field => field.GetProperty("text").GetString()!)
                .Prepend($"title {blocks[0].GetProperty("text").GetProperty("text")}").Prepend($"notification {message.GetProperty("text")}");
        }
    }

    public void Dispose()
    {
        _context.Dispose();
        _folder.Dispose();
    }

    private static void Compare(FakeRequest[] expected, FakeRequest[] actual)
    {
        Assert.Equal(Shape(expected[0]), Shape(actual[0]));

        // Ours also says what was closed.
        Assert.Equal(Shape(expected[1]).Append("note:String").Order(), Shape(actual[1]));
        foreach (string path in new[] { "source", "entity", "priority", "tags", "responders" })
            Assert.Equal(Value(expected[0], path), Value(actual[0], path));
        Assert.All(JsonElement.Parse(actual[0].Text).GetProperty("details").EnumerateObject(), detail => Assert.Equal(JsonValueKind.String, detail.Value.ValueKind));
        Assert.Equal(Heads(expected), Heads(actual));

        static IEnumerable<string> Shape(FakeRequest request) => JsonShape.Of(JsonElement.Parse(request.Text), "details").Order();
    }

    /// <summary>Where each request goes and as whom. The alert's own name is each sender's.</summary>
    private static IEnumerable<string> Heads(FakeRequest[] requests) => requests.Select(request =>
    {
        string alias = request.Path.EndsWith("/close", StringComparison.Ordinal) ? request.Path.Split('/')[^2] : "none";
        return $"{request.Method} {request.Path.Replace(alias, "ALIAS", StringComparison.Ordinal)} {request.Query["identifierType"]} {request.Header("Authorization")} {request.Header("Content-Type")}";
    });

    private static string Value(FakeRequest request, string path)
    {
        JsonElement value = path.Split('.').Aggregate(JsonElement.Parse(request.Text), (element, step) => element.GetProperty(step));
        return value.ValueKind == JsonValueKind.Array
            ? string.Join(' ', value.EnumerateArray().Select(Sorted).Order(StringComparer.Ordinal))
            : value.ToString();

        // The order of members says nothing.
        static string Sorted(JsonElement one) => one.ValueKind == JsonValueKind.Object
            ? string.Join(',', one.EnumerateObject().Select(member => $"{member.Name}={member.Value}").Order(StringComparer.Ordinal))
            : one.ToString();
    }

    private async Task<(FakeRequest[] Expected, FakeRequest[] Actual)> CompareAsync(AlertApi oracle, AlertApi ours, string path, string responders, string settings)
    {
        FakeRequest[] expected = await AskAsync(oracle, address => $$"""
                opsgenie_configs:
                  - { api_key: {{AlertApi.Key}}, api_url: "{{address}}{{path}}", source: copybook-core, entity: app01, priority: P2, tags: "SecurityEvent,High,PHI,HIPAA,SOX",
                      responders: [{{responders}}] }
            """);
        FakeRequest[] actual = await SendAsync(
            ours, new OpsGenieFactory(), new OpsGenieFormatterFactory(), $$"""{"endpoint":"ADDRESS","api_key":"{{AlertApi.Key}}",{{settings}}}""");
        Assert.Empty(oracle.Violations.Concat(ours.Violations));
        return (expected, actual);
    }

    /// <summary>Has Alertmanager open an alert and close it.</summary>
    private async Task<FakeRequest[]> AskAsync(FakeHttpServer oracle, Func<Uri, string> receivers)
    {
        await oracle.StartAsync(Cancellation);
        TaskCompletionSource[] arrivals = [new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously)];
        foreach (TaskCompletionSource arrival in arrivals)
        {
            oracle.InterceptNext(_ =>
            {
                arrival.TrySetResult();
                return null;
            });
        }

        await using (Alertmanager alertmanager = await Alertmanager.StartAsync(_folder.Path, receivers(oracle.Address), Cancellation))
        {
            foreach ((int index, TaskCompletionSource arrival) in arrivals.Index())
            {
                await alertmanager.SendAsync("SecurityEvent", isOver: index == 1, Cancellation);
                await arrival.Task.WaitAsync(Patience, Cancellation);
            }
        }

        // Whatever is still being answered is answered then.
        await oracle.DisposeAsync();
        return [.. oracle.Requests];
    }

    private async Task<FakeRequest[]> SendAsync(FakeHttpServer ours, ConnectorFactory factory, FormatterFactory format, string settings)
    {
        await ours.StartAsync(Cancellation);
        await using IConnector connector = factory.Create(
            Encoding.UTF8.GetBytes(settings.Replace("ADDRESS", ours.Address.ToString(), StringComparison.Ordinal)), _context);
        AuditEvent[] events = [AlertEvents.Of(), AlertEvents.Of("resolve")];
        DeliveryResult result = await connector.SendAsync(AlertEvents.Batch([.. events.Select(one => (one, Rendering.Create(format).Render(one)))]), Cancellation);
        Assert.True(result.IsDelivered, result.Reason);
        return [.. ours.Requests];
    }
}
