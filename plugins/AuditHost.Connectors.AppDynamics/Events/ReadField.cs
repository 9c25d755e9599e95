using AuditHost.Sdk;

namespace AuditHost.Connectors.AppDynamics.Events;

/// <summary>Where an event has the value of a column.</summary>
internal delegate EventValue ReadField(AuditEvent auditEvent);
