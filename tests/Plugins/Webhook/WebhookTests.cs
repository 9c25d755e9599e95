using System.Text;
using AuditHost.Connectors.Webhook;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Tests.Webhook;

/// <summary>What the tests of the webhook share.</summary>
internal static class WebhookTests
{
    public static IConnector Create(PluginContext context, Uri endpoint, string further = "") =>
        new WebhookFactory().Create(Encoding.UTF8.GetBytes($$"""{"endpoint":"{{endpoint}}"{{further}}}"""), context);

    /// <summary>A batch of events <c>{"n":1}</c>, <c>{"n":2}</c> … with both renderings.</summary>
    public static EventBatch Batch(int count)
    {
        var events = new OutboundEvent[count];
        var body = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            string payload = $$"""{"n":{{i + 1}}}""";
            body.Append(payload).Append('\n');
            events[i] = new OutboundEvent(TestEvent.Parse(payload, (ulong)(i + 1)), "log", Encoding.UTF8.GetBytes(payload));
        }

        return new EventBatch(events, Encoding.UTF8.GetBytes(body.ToString()), "application/x-ndjson");
    }
}
