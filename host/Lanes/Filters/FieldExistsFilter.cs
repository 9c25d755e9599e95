using AuditHost.Sdk;

namespace AuditHost.Lanes.Filters;

internal sealed class FieldExistsFilter(string path, bool expected) : IEventFilter
{
    public string Description => expected ? $"{path} exists" : $"{path} does not exist";

    public bool Passes(AuditEvent auditEvent) => auditEvent.Find(path).HasValue == expected;
}
