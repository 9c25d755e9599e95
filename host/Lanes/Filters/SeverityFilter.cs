using AuditHost.Sdk;

namespace AuditHost.Lanes.Filters;

internal sealed class SeverityFilter(Severity minimum) : IEventFilter
{
    public string Description => $"severity is at least {minimum}";

    public bool Passes(AuditEvent auditEvent) => auditEvent.Severity >= minimum;
}
