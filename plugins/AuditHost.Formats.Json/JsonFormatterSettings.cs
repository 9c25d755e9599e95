namespace AuditHost.Formats.Json;

/// <summary>There is nothing to set: the event goes out as it came in.</summary>
public sealed class JsonFormatterSettings;
