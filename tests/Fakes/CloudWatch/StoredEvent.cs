namespace AuditHost.Fakes.CloudWatch;

/// <summary>An event that the fake took.</summary>
public sealed record StoredEvent(long Timestamp, string Message);
