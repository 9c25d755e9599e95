using AuditHost.Sdk;

namespace AuditHost.Lanes.Filters;

/// <summary>Decides whether an event is for a destination. Without state, so that any thread may ask.</summary>
internal interface IEventFilter
{
    /// <summary>What the filter asks for, for <c>explain</c>: «severity at least Medium».</summary>
    string Description { get; }

    bool Passes(AuditEvent auditEvent);
}
