using AuditHost.Sdk;

namespace AuditHost.Lanes.Filters;

internal sealed class NotFilter(IEventFilter condition) : IEventFilter
{
    public string Description => $"not ({condition.Description})";

    public bool Passes(AuditEvent auditEvent) => !condition.Passes(auditEvent);
}
