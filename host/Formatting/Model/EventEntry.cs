using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.Formatting.Model;

/// <summary>One event as a template sees it, <c>event</c> and <c>audit</c>: the variables of an event template, an element of <c>events</c>.</summary>
internal sealed class EventEntry(AuditEvent auditEvent, string? key = null) : ReadOnlyObject, IDisposable
{
    private static readonly string[] Members = ["event", "audit"];

    private JsonDocument? _document;
    private JsonObject? _event;
    private Envelope? _envelope;

    /// <summary>Parsed once, when first read: a template that needs the envelope alone never parses.</summary>
    public JsonObject Event
    {
        get
        {
            if (_event is null)
            {
                _document = JsonDocument.Parse(auditEvent.Json);
                _event = new JsonObject(_document.RootElement);
            }

            return _event;
        }
    }

    public Envelope Envelope => _envelope ??= new Envelope(auditEvent, key);

    public override IEnumerable<string> GetMembers() => Members;

    /// <summary>Without a look at the value, which would parse it.</summary>
    public override bool Contains(string member) => Members.Contains(member);

    public override bool TryGetValue(string member, out object? value)
    {
        value = member switch
        {
            "event" => Event,
            "audit" => Envelope,
            _ => null,
        };
        return value is not null;
    }

    public void Dispose()
    {
        _document?.Dispose();
        _document = null;
        _event = null;
    }
}
