using AuditHost.Configuration.Options;
using AuditHost.Sdk;

namespace AuditHost.Lanes.Filters;

/// <summary>All filters of a destination; an event must pass every one.</summary>
internal sealed class FilterSet(IReadOnlyList<FilterOptions> options)
{
    private readonly IEventFilter[] _filters = [.. options.Select(FilterCompiler.Compile)];

    public bool Passes(AuditEvent auditEvent)
    {
        foreach (IEventFilter filter in _filters)
        {
            if (!filter.Passes(auditEvent))
                return false;
        }

        return true;
    }

    /// <summary>The first filter that keeps the event out; <see langword="null"/> where it passes.</summary>
    public IEventFilter? Objection(AuditEvent auditEvent) => Array.Find(_filters, filter => !filter.Passes(auditEvent));
}
