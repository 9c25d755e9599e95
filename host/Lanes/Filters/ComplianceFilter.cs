using AuditHost.Sdk;

namespace AuditHost.Lanes.Filters;

internal sealed class ComplianceFilter : IEventFilter
{
    public string Description => "the event names a compliance profile";

    // An array with anything between its brackets: profiles are strings, so any quote will do.
    public bool Passes(AuditEvent auditEvent) => auditEvent.ComplianceProfiles.Raw.Contains((byte)'"');
}
