using System.Text;
using AuditHost.Intake;
using AuditHost.Sdk;

namespace AuditHost.Tests.Isolation;

/// <summary>Events as the journal hands them out.</summary>
internal static class IsolationEvents
{
    public static ParsedEvent Parse(ulong sequence, string? json = null, Guid? assigned = null)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json ?? $$"""{"event_id":"e-{{sequence}}","event_type":"Test","severity":"High"}""");
        Assert.True(EventParser.TryParse(bytes, out EventIndex index, out EventError? error), error?.Reason);
        var parsed = new ParsedEvent();
        parsed.Set(bytes, index, sequence, DateTime.UnixEpoch.Ticks + (long)sequence, assigned);
        return parsed;
    }

    public static EventBatch BatchOf(params IReadOnlyList<ParsedEvent> events) => BatchOf(1, events);

    public static EventBatch BatchOf(int attempt, IReadOnlyList<ParsedEvent> events, string[]? payloads = null) => new(
        events.Select((parsed, i) => new OutboundEvent(parsed, "log", payloads is null ? default : Encoding.UTF8.GetBytes(payloads[i]))).ToArray(),
        default, "application/json", attempt);
}
