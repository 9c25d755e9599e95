using System.Text;
using System.Text.Json;
using AuditHost.Connectors.OpsGenie;
using AuditHost.Connectors.PagerDuty;
using AuditHost.Fakes;
using AuditHost.Fakes.OpsGenie;
using AuditHost.Fakes.PagerDuty;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Alerts;

/// <summary>What the ready templates write is what the connectors take: their expected output, sent.</summary>
public sealed class ReadyTemplateMessageTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PagerDutys_template_opens_alerts()
    {
        await using var events = new PagerDutyEvents();

        await SendAsync(events, new PagerDutyFactory(), "pagerduty", $$"""{"endpoint":"ADDRESS","integration_key":"{{PagerDutyEvents.Key}}"}""");

        Assert.Empty(events.Violations);
        Assert.Equal(
            ["High: SecurityEvent by ann, 431 events of SecurityEvent High", "Info: AccessEvent by nobody"],
            events.Alerts.Select(alert => alert.Triggers[0].GetProperty("payload").GetProperty("summary").GetString()));
    }

    [Fact]
    public async Task OpsGenies_template_opens_alerts()
    {
        await using var api = new AlertApi(isSuccessor: true);

        await SendAsync(api, new OpsGenieFactory(), "opsgenie", $$"""{"endpoint":"ADDRESS","api_key":"{{AlertApi.Key}}"}""");

        Assert.Empty(api.Violations);
        Assert.Equal(
            ["""["SecurityEvent","High","PHI"]""", """["AccessEvent","Info"]"""],
            api.Alerts.Select(alert => alert.Body.GetProperty("tags").GetRawText()));
        Assert.Equal(["event_id", "events"], api.Alerts[1].Body.GetProperty("details").EnumerateObject().Select(detail => detail.Name));
    }

    public void Dispose() => _context.Dispose();

    private static IReadOnlyList<string> ExpectedOf(string template)
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "AuditHost.sln")))
            root = Path.GetDirectoryName(root);
        string[] lines = File.ReadAllLines(Path.Combine(root!, "host", "templates", $"{template}.sbn"));
        return [.. lines.SkipWhile(line => line != "expected: |").Skip(1).TakeWhile(line => line != "---").Select(line => line.Trim())];
    }

    private async Task SendAsync(FakeHttpServer server, ConnectorFactory factory, string template, string settings)
    {
        await server.StartAsync(Cancellation);
        await using IConnector connector = factory.Create(
            Encoding.UTF8.GetBytes(settings.Replace("ADDRESS", server.Address.ToString(), StringComparison.Ordinal)), _context);
        AuditEvent[] events = [AlertEvents.Plain(sequence: 1), AlertEvents.Plain(sequence: 2)];
        DeliveryResult result = await connector.SendAsync(AlertEvents.Batch([.. events.Zip(ExpectedOf(template))]), Cancellation);
        Assert.True(result.IsDelivered, JsonSerializer.Serialize(result.Failures));
    }
}
