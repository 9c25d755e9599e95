namespace AuditHost.Configuration.Keys;

/// <summary>Places inside the JSON schema of a site file that other places refer to.</summary>
internal static class SchemaNames
{
    public const string Placeholder = "#/$defs/placeholder";
    public const string Predicate = "#/$defs/predicate";
    public const string Destination = "#/$defs/destination";
    public const string DestinationKeys = "#/$defs/destination_keys";
    public const string Connector = "#/$defs/connector_";
    public const string Format = "#/$defs/format";
}
