using AuditHost.Sdk;

namespace AuditHost.Formatting.Model;

/// <summary>One event as a template sees it, <c>event</c> and <c>audit</c>: the variables of an event template, an element of <c>events</c>.</summary>
internal sealed class EventEntry(AuditEvent auditEvent, string? key = null) : ReadOnlyObject
{
    private static readonly string[] Members = ["event", "audit"];

    private JsonObject? _event;
    private Envelope? _envelope;

    public override IEnumerable<string> GetMembers() => Members;

    public override bool TryGetValue(string member, out object? value)
    {
        value = member switch
        {
            "event" => _event ??= new JsonObject(Trimmed(auditEvent.Json)),
            "audit" => _envelope ??= new Envelope(auditEvent, key),
            _ => null,
        };
        return value is not null;
    }

    /// <summary>White space may stand around an event.</summary>
    private static ReadOnlyMemory<byte> Trimmed(ReadOnlyMemory<byte> json) =>
        json[json.Span.IndexOf((byte)'{')..(json.Span.LastIndexOf((byte)'}') + 1)];
}
