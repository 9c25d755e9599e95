using AuditHost.Sdk;

namespace AuditHost.Lanes.Filters;

internal sealed class AllFilter(IEventFilter[] conditions) : IEventFilter
{
    public string Description => $"all of ({string.Join("; ", conditions.Select(condition => condition.Description))})";

    public bool Passes(AuditEvent auditEvent)
    {
        foreach (IEventFilter condition in conditions)
        {
            if (!condition.Passes(auditEvent))
                return false;
        }

        return true;
    }
}
