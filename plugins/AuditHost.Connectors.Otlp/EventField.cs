using AuditHost.Sdk;

namespace AuditHost.Connectors.Otlp;

/// <summary>Takes one value from an event.</summary>
internal delegate EventValue EventField(AuditEvent auditEvent);
