using System.Text;
using AuditHost.Connectors.GraphQL;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.GraphQL;

/// <summary>What the tests of the connector share.</summary>
internal static class GraphQLTest
{
    public const string Query = "mutation IngestAuditEvent($event: JSON!) { ingestAuditEvent(event: $event) { id } }";
    public const string BatchQuery = "mutation IngestAuditEvents($events: [JSON!]!) { ingestAuditEvents(events: $events) { id } }";

    public static IConnector Create(PluginContext context, Uri endpoint, string further = "") => Create(context, endpoint.ToString(), further);

    public static IConnector Create(PluginContext context, string endpoint, string further = "") =>
        new GraphQLFactory().Create(Encoding.UTF8.GetBytes($$"""{"endpoint":"{{endpoint}}"{{further}}}"""), context);

    /// <summary>A batch of JSON events whose ids are e-1, e-2 …, and whose keys are log-1, log-2 …</summary>
    public static EventBatch Batch(int count) => Of("application/json", [.. Enumerable.Range(1, count).Select(number => Event(number))]);

    /// <summary>A batch in which an event's payload is the event itself.</summary>
    public static EventBatch Of(string contentType, params IReadOnlyList<string> events)
    {
        var outbound = new OutboundEvent[events.Count];
        for (int index = 0; index < outbound.Length; index++)
            outbound[index] = new OutboundEvent(TestEvent.Parse(events[index], (ulong)index + 1), "log", Encoding.UTF8.GetBytes(events[index]));
        return new EventBatch(outbound, default, contentType);
    }

    public static string Event(int number) => $$"""{"event_id":"e-{{number}}","timestamp":"2026-11-23T20:00:00Z","severity":"High"}""";

    /// <summary>The kinds of failure of each event; 0 for one that is delivered.</summary>
    public static IReadOnlyList<FailureKind> KindsOf(DeliveryResult result, int count) => result.Failures is { } failures
        ? [.. Enumerable.Range(0, count).Select(index => failures.FirstOrDefault(failure => failure.Index == index).Kind)]
        : [.. Enumerable.Repeat(result.Kind, count)];
}
