using AuditHost.Sdk;

namespace AuditHost.Connectors.NewRelic;

/// <summary>Takes one value from an event.</summary>
internal delegate EventValue EventField(AuditEvent auditEvent);

/// <summary>An attribute of each log, event and span that has a value for it.</summary>
/// <param name="Name">Its name, in UTF-8.</param>
/// <param name="Field">Where its value comes from.</param>
internal sealed record EnvelopeAttribute(byte[] Name, EventField Field);
