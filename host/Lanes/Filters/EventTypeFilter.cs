using AuditHost.Sdk;

namespace AuditHost.Lanes.Filters;

internal sealed class EventTypeFilter(IReadOnlyList<string> allowed) : IEventFilter
{
    private readonly TextSet _allowed = new(allowed);

    public string Description => $"event type is one of {_allowed}";

    public bool Passes(AuditEvent auditEvent) => _allowed.Contains(auditEvent.Type);
}
