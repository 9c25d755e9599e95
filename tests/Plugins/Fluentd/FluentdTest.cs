using System.Text;
using AuditHost.Connectors.Fluentd;
using AuditHost.Fakes;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Fluentd;

/// <summary>What the tests of the connector share.</summary>
internal static class FluentdTest
{
    public static IConnector Create(PluginContext context, FakeStreamServer input, string further = "") => Create(context, $"\"{input.Address}\"", further);

    public static IConnector Create(PluginContext context, string endpoint, string further = "") =>
        new FluentdFactory().Create(Encoding.UTF8.GetBytes($$"""{"endpoint":{{endpoint}}{{further}}}"""), context);

    /// <summary>A batch of JSON events whose ids are e-1, e-2 …</summary>
    public static EventBatch Batch(int count) => Batch([.. Enumerable.Range(1, count).Select(number => Event(number))]);

    public static EventBatch Batch(params IReadOnlyList<string> events) => Of("application/json", events);

    /// <summary>A batch in which an event's payload is the event itself.</summary>
    public static EventBatch Of(string contentType, params IReadOnlyList<string> events)
    {
        var outbound = new OutboundEvent[events.Count];
        for (int index = 0; index < outbound.Length; index++)
            outbound[index] = new OutboundEvent(TestEvent.Parse(events[index], (ulong)index + 1), "log", Encoding.UTF8.GetBytes(events[index]));
        return new EventBatch(outbound, default, contentType);
    }

    /// <summary>A batch of one event with a payload of another making.</summary>
    public static EventBatch OfPayload(string contentType, string payload) =>
        new(new[] { new OutboundEvent(TestEvent.Parse(Event(1)), "log", Encoding.UTF8.GetBytes(payload)) }, default, contentType);

    public static string Event(int number, string type = "AccessEvent", string padding = "") =>
        $$"""{"event_id":"e-{{number}}","timestamp":"2026-11-23T20:00:00.123456789Z","event_type":"{{type}}","severity":"High","padding":"{{padding}}"}""";
}
