namespace AuditHost.Connectors.PagerDuty;

/// <summary>A message that PagerDuty could not take.</summary>
/// <param name="message">What is wrong with it and how to mend it.</param>
internal sealed class MessageException(string message) : Exception(message);
