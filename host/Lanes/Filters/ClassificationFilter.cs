using AuditHost.Sdk;

namespace AuditHost.Lanes.Filters;

internal sealed class ClassificationFilter(IReadOnlyList<string> allowed) : IEventFilter
{
    private readonly TextSet _allowed = new(allowed);

    public string Description => $"classification is one of {_allowed}";

    public bool Passes(AuditEvent auditEvent) => _allowed.Contains(auditEvent.Classification);
}
