using System.Text;
using AuditHost.Connectors.Splunk;
using AuditHost.Fakes.Splunk;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Splunk;

/// <summary>What the tests of the Splunk connector share.</summary>
internal static class SplunkTests
{
    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static IConnector Create(PluginContext context, string further = "", params Uri[] endpoints)
    {
        string list = string.Join(',', endpoints.Select(endpoint => $"\"{endpoint}\""));
        return new SplunkFactory().Create(
            Encoding.UTF8.GetBytes($$"""{"hec_endpoint":[{{list}}],"hec_token":"{{SplunkCollector.Token}}"{{further}}}"""), context);
    }

    public static async Task<SplunkCollector> StartAsync()
    {
        var collector = new SplunkCollector();
        await collector.StartAsync(Cancellation);
        return collector;
    }

    /// <summary>A batch of events with the ids <c>e-0</c>, <c>e-1</c> …, rendered as the connector's own format does.</summary>
    public static EventBatch Batch(int count, string contentType = "application/x-ndjson")
    {
        var events = new OutboundEvent[count];
        for (int i = 0; i < count; i++)
        {
            AuditEvent auditEvent = TestEvent.Parse(
                $$$"""{"event_id":"e-{{{i}}}","timestamp":"2026-11-23T20:00:00.123456789Z","event_type":"SecurityEvent","source":"copybook-core::security","severity":"High","context":{"user":"al\"ice","environment":{"hostname":"app01"} } }""",
                (ulong)i + 1);
            events[i] = new OutboundEvent(auditEvent, "log", Encoding.UTF8.GetBytes($$"""{"audit_event_id":"e-{{i}}"}"""));
        }

        return new EventBatch(events, default, contentType);
    }
}
