using System.Text;
using AuditHost.Connectors.Slack;
using AuditHost.Fakes.Slack;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Slack;

/// <summary>What the tests of the Slack connector share.</summary>
internal static class SlackTests
{
    public const string Event = """{"event_id":"e-1","timestamp":"2026-11-23T20:00:00.123456789Z","event_type":"SecurityEvent","source":"app::auth","severity":"Critical","context":{"user":"ann","operation_id":"op-7","environment":{"hostname":"db-1"},"security":{"classification":"PHI"},"compliance_profiles":["HIPAA","SOX"]},"payload":{"type":"SecurityEvent","data":{"security_event_type":"DataBreach","affected_resources":["dataset:A"]}}}""";

    public const string Alert = ""","alert":{"action":"trigger","dedup_key":"audithost:slack:3f2a","group":"SecurityEvent Critical","count":431,"total":1204,"update":true,"first":"2026-11-23T20:00:00.000Z","last":"2026-11-23T20:00:09.131Z","severity":"Critical"}}""";

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static IConnector ByWebhook(PluginContext context, SlackServer server, string further = "") => Create(context, $$"""{"webhook_url":"{{server.Webhook}}"{{further}}}""");

    public static IConnector AsBot(PluginContext context, SlackServer server, string channel = "#security-alerts", string token = SlackServer.Token) =>
        Create(context, $$"""{"token":"{{token}}","channel":"{{channel}}","api_endpoint":"{{server.Api}}"}""");

    public static IConnector Create(PluginContext context, string settings) => new SlackFactory().Create(Encoding.UTF8.GetBytes(settings), context);

    public static async Task<SlackServer> StartAsync()
    {
        var server = new SlackServer();
        await server.StartAsync(Cancellation);
        return server;
    }

    /// <summary>An event with what the host says of the alert.</summary>
    public static string Alerted(string json, string alert = Alert) => json[..^1] + alert;

    /// <summary>A batch of one event in the connector's own format.</summary>
    public static EventBatch Batch(string json = Event, string settings = "{}") => TestBatch.OfPayloads(Render(json, settings));

    public static string Render(string json, string settings = "{}") => Rendering.Create(new SlackFormatterFactory(), settings).Render(TestEvent.Parse(json));
}
