using System.Text;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests;

/// <summary>Batches as the host would hand them over.</summary>
internal static class TestBatch
{
    public static EventBatch OfPayloads(params IReadOnlyList<string> payloads)
    {
        var events = new OutboundEvent[payloads.Count];
        for (int index = 0; index < events.Length; index++)
        {
            AuditEvent auditEvent = TestEvent.Parse("""{"event_id":"e","timestamp":"2026-11-23T20:00:00Z","severity":"High"}""", (ulong)index + 1);
            events[index] = new OutboundEvent(auditEvent, "log", Encoding.UTF8.GetBytes(payloads[index]));
        }

        return new EventBatch(events, default, "text/plain");
    }

    public static EventBatch OfBody(string body)
    {
        var events = new[] { new OutboundEvent(TestEvent.Parse("""{"event_id":"e"}"""), "log", default) };
        return new EventBatch(events, Encoding.UTF8.GetBytes(body), "application/x-ndjson");
    }
}
