namespace AuditHost.Isolation.Messages;

/// <summary>Asks where the settings of a connector lead.</summary>
internal sealed record EndpointsMessage(string Type, byte[] Settings);
