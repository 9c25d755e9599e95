namespace AuditHost.Connectors.Splunk;

/// <summary>There is nothing to set: index, source type and source belong to the destination.</summary>
public sealed class SplunkFormatterSettings;
