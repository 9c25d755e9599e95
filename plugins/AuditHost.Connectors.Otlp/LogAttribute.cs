namespace AuditHost.Connectors.Otlp;

/// <summary>An attribute of each record that has a value for it.</summary>
/// <param name="Name">Its name, in UTF-8.</param>
/// <param name="Field">Where its value comes from.</param>
internal sealed record LogAttribute(byte[] Name, EventField Field);
