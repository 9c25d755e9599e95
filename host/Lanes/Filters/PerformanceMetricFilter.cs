using AuditHost.Sdk;

namespace AuditHost.Lanes.Filters;

internal sealed class PerformanceMetricFilter : IEventFilter
{
    public string Description => "the event is no performance measurement";

    public bool Passes(AuditEvent auditEvent) => !auditEvent.Type.Equals("PerformanceMeasurement"u8);
}
