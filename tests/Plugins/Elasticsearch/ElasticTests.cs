using System.Text;
using AuditHost.Connectors.Elasticsearch;
using AuditHost.Fakes.Elasticsearch;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Elasticsearch;

/// <summary>What the tests of both connectors share.</summary>
internal static class ElasticTests
{
    public const string Time = "2026-03-31T06:52:12.118204500Z";

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static IConnector Create(PluginContext context, Uri endpoint, string further = "") =>
        new ElasticsearchFactory().Create(Settings(endpoint, further), context);

    public static IConnector CreateSecurity(PluginContext context, Uri endpoint, string further = "") =>
        new ElasticSecurityFactory().Create(Settings(endpoint, further), context);

    public static async Task<FakeElasticsearch> StartAsync()
    {
        var cluster = new FakeElasticsearch();
        await cluster.StartAsync(Cancellation);
        return cluster;
    }

    /// <summary>A batch of events with the ids <c>e-0</c>, <c>e-1</c> …, all of one time.</summary>
    public static EventBatch Batch(int count, string contentType = "application/x-ndjson") => Batch([.. Enumerable.Repeat(Time, count)], contentType);

    /// <summary>A batch of events with the given times.</summary>
    public static EventBatch Batch(string[] times, string contentType = "application/x-ndjson") =>
        Batch([.. times.Select((time, index) => ($"e-{index}", time, $$"""{"@timestamp":"{{time}}","event_id":"e-{{index}}"}"""))], contentType);

    /// <summary>A batch of events with the given ids, times and documents.</summary>
    public static EventBatch Batch(IReadOnlyList<(string Id, string Time, string Document)> documents, string contentType = "application/x-ndjson")
    {
        var events = new OutboundEvent[documents.Count];
        for (int i = 0; i < events.Length; i++)
        {
            (string id, string time, string document) = documents[i];
            AuditEvent auditEvent = TestEvent.Parse(
                $$$"""{"event_id":"{{{id}}}","timestamp":"{{{time}}}","event_type":"SecurityEvent","severity":"High","context":{"user":"al\"ice"}}""", (ulong)i + 1);
            events[i] = new OutboundEvent(auditEvent, "log", Encoding.UTF8.GetBytes(document));
        }

        return new EventBatch(events, default, contentType);
    }

    private static byte[] Settings(Uri endpoint, string further) =>
        Encoding.UTF8.GetBytes($$"""{"endpoint":"{{endpoint}}","api_key":"{{FakeElasticsearch.ApiKey}}"{{further}}}""");
}
