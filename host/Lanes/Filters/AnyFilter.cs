using AuditHost.Sdk;

namespace AuditHost.Lanes.Filters;

internal sealed class AnyFilter(IEventFilter[] conditions) : IEventFilter
{
    public string Description => $"any of ({string.Join("; ", conditions.Select(condition => condition.Description))})";

    public bool Passes(AuditEvent auditEvent)
    {
        foreach (IEventFilter condition in conditions)
        {
            if (condition.Passes(auditEvent))
                return true;
        }

        return false;
    }
}
