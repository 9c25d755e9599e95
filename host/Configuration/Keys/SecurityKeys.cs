namespace AuditHost.Configuration.Keys;

/// <summary><c>enterprise_integration.security</c>.</summary>
internal static class SecurityKeys
{
    public static readonly MappingKey Tls = new("tls", TlsKeys.Set, "TLS towards destinations.");

    public static readonly ScalarKey<string> ApiKeyHeader = new(
        "header_name", Kinds.Text, "The header of authentication {type: api_key} without a header of its own.");
    public static readonly MappingKey ApiKey = new(
        "api_key",
        new KeySet(ApiKeyHeader, new UnbuiltKey("rotation_interval_days", "After how many days a key must be replaced.")),
        "For destinations with authentication {type: api_key}.");

    public static readonly MappingKey Authentication = new(
        "authentication", new KeySet(ApiKey, OAuthKeys.Shared), "Parameters for the destinations whose authentication asks for them.");

    public static readonly MappingKey Encryption = new(
        "encryption",
        new KeySet(
            new UnbuiltKey("encrypt_sensitive_fields", "Whether sensitive fields are encrypted."),
            new UnbuiltKey("encryption_algorithm", "How they are encrypted."),
            new UnbuiltKey("key_rotation_interval_days", "After how many days a new key is used.")),
        "Encryption of fields.");

    public static readonly KeySet Set = new(Tls, Authentication, Encryption);
}
