namespace AuditHost.Connectors.OpsGenie;

/// <summary>A message that OpsGenie could not take.</summary>
/// <param name="message">What is wrong with it and how to mend it.</param>
internal sealed class MessageException(string message) : Exception(message);
