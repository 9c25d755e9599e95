using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Alerts;

/// <summary>Events as a destination under <c>alerting</c> gets them, with what the host's alert hygiene says of them.</summary>
internal static class AlertEvents
{
    public const string DedupKey = "audithost:oncall:3f2a9c";

    private const string Event =
        """{"event_id":"e-1","timestamp":"2026-11-23T20:00:00.123Z","event_type":"SecurityEvent","source":"copybook-core","severity":"High","context":{"user":"alice","operation_id":"op-7","environment":{"hostname":"app01"},"security":{"classification":"PHI"},"compliance_profiles":["HIPAA","SOX"]},"payload":{"type":"Access","data":{"result":"denied"}}}""";

    /// <summary>One event without any hygiene.</summary>
    public static AuditEvent Plain(string? severity = null, string? type = null, ulong sequence = 1)
    {
        JsonObject json = JsonNode.Parse(Event)!.AsObject();
        if (severity is not null)
            json["severity"] = severity;
        if (type is not null)
            json["event_type"] = type;
        return TestEvent.Parse(json.ToJsonString(), sequence);
    }

    /// <summary>The representative of a group of events.</summary>
    public static AuditEvent Of(string action = "trigger", int count = 1, string dedupKey = DedupKey, string group = "SecurityEvent High", string type = "SecurityEvent")
    {
        JsonObject json = JsonNode.Parse(Event)!.AsObject();
        json["event_type"] = type;
        json["alert"] = JsonNode.Parse(JsonSerializer.Serialize(new
        {
            action,
            dedup_key = dedupKey,
            group,
            count,
            total = count * 2,
            update = false,
            first = "2026-11-23T20:00:00.000Z",
            last = "2026-11-23T20:00:09.131Z",
            severity = "High",
        }));
        return TestEvent.Parse(json.ToJsonString());
    }

    /// <summary>The event of a message that sums up alerts, as the host composes it.</summary>
    public static AuditEvent Summary() => TestEvent.Parse(
        """{"alert":{"action":"trigger","dedup_key":"audithost:oncall:77","group":"38 further alerts","count":950,"total":950,"update":false,"first":"2026-11-23T20:00:00.000Z","last":"2026-11-23T20:00:09.131Z","severity":"Critical","groups":[{"group":"SecurityEvent payroll","count":3,"severity":"Critical"},{"group":"AccessEvent \"db\"","count":1,"severity":"High"}]},"event_id":"s-1","timestamp":"2026-11-23T20:00:10.000Z","event_type":"AlertSummary","severity":"Critical","source":"audithost","message":"38 further alerts: 950 events."}""");

    /// <summary>What a message says of the alerts of <see cref="Summary"/>.</summary>
    public const string SummedUp = "Critical: SecurityEvent payroll, 3 events; High: AccessEvent \"db\", 1 event";

    /// <summary>A batch whose payloads a format or template wrote.</summary>
    public static EventBatch Batch(params IReadOnlyList<(AuditEvent Event, string Payload)> messages) =>
        new(messages.Select(message => new OutboundEvent(message.Event, "log", Encoding.UTF8.GetBytes(message.Payload))).ToArray(), default, "application/json");
}
