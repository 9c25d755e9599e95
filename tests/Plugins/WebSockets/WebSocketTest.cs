using System.Text;
using AuditHost.Connectors.WebSocket;
using AuditHost.Fakes.WebSockets;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.WebSockets;

/// <summary>What the tests of the connector share.</summary>
internal static class WebSocketTest
{
    public static IConnector Create(PluginContext context, WebSocketCollector collector, string further = "") => Create(context, $"\"{collector.Url}\"", further);

    public static IConnector Create(PluginContext context, string endpoint, string further = "") =>
        new WebSocketFactory().Create(Encoding.UTF8.GetBytes($$"""{"endpoint":{{endpoint}}{{further}}}"""), context);

    /// <summary>A batch of JSON events whose ids are e-1, e-2 …, and whose keys are log-1, log-2 …</summary>
    public static EventBatch Batch(int count) => Of("application/json", [.. Enumerable.Range(1, count).Select(number => Event(number))]);

    /// <summary>A batch in which an event's payload is the event itself, and the body the array of them.</summary>
    public static EventBatch Of(string contentType, params IReadOnlyList<string> events)
    {
        var outbound = new OutboundEvent[events.Count];
        for (int index = 0; index < outbound.Length; index++)
            outbound[index] = new OutboundEvent(TestEvent.Parse(events[index], (ulong)index + 1), "log", Encoding.UTF8.GetBytes(events[index]));
        return new EventBatch(outbound, Encoding.UTF8.GetBytes($"[{string.Join(',', events)}]"), contentType);
    }

    public static string Event(int number, string padding = "") =>
        $$"""{"event_id":"e-{{number}}","timestamp":"2026-11-23T20:00:00Z","event_type":"AccessEvent","severity":"High","padding":"{{padding}}"}""";
}
