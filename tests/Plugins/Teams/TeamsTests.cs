using System.Text;
using System.Text.Json;
using AuditHost.Connectors.Teams;
using AuditHost.Fakes.Teams;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Plugins.Tests.Slack;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Teams;

/// <summary>What the tests of the Teams connector share.</summary>
internal static class TeamsTests
{
    public const string Event = SlackTests.Event;

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static IConnector Create(PluginContext context, TeamsWorkflow workflow, string further = "") =>
        Create(context, $$"""{"webhook_url":{{JsonSerializer.Serialize(workflow.Webhook)}}{{further}}}""");

    public static IConnector Create(PluginContext context, string settings) => new TeamsFactory().Create(Encoding.UTF8.GetBytes(settings), context);

    public static async Task<TeamsWorkflow> StartAsync()
    {
        var workflow = new TeamsWorkflow();
        await workflow.StartAsync(Cancellation);
        return workflow;
    }

    /// <summary>A batch of one event in the connector's own format.</summary>
    public static EventBatch Batch(string json = Event, string settings = "{}") => TestBatch.OfPayloads(Render(json, settings));

    public static string Render(string json, string settings = "{}") => Rendering.Create(new TeamsFormatterFactory(), settings).Render(TestEvent.Parse(json));
}
