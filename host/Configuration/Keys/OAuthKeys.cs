namespace AuditHost.Configuration.Keys;

/// <summary>OAuth 2.0 client credentials: <c>security.authentication.oauth2</c>, and what a destination says otherwise.</summary>
internal static class OAuthKeys
{
    public static readonly ScalarKey<string> ClientId = new("client_id", Kinds.Text, "The client's name.");
    public static readonly ScalarKey<string> ClientSecret = new("client_secret", Kinds.Text, "The client's secret.") { IsSecret = true };
    public static readonly ScalarKey<Uri> TokenEndpoint = new("token_endpoint", Kinds.HttpUri, "Where tokens come from, an https URL.");
    public static readonly ListKey<string> Scopes = new("scopes", Kinds.Text, "What is asked for.");
    public static readonly ScalarKey<string> Audience = new("audience", Kinds.Text, "Whom the token is for, where the authorization server wants to know.");
    public static readonly ScalarKey<bool> SecretInBody = new(
        "secret_in_body", Kinds.Boolean, "Whether name and secret stand in the form instead of the Authorization header, for servers that take no other; false without the key.");

    private static readonly Key[] Keys = [ClientId, ClientSecret, TokenEndpoint, Scopes, Audience, SecretInBody];

    public static readonly MappingKey Shared = new("oauth2", new KeySet(Keys), "For destinations with authentication {type: oauth2}.");

    public static readonly Variant Variant = new(
        "oauth2", new KeySet([VariantKey.Type, .. Keys]), "OAuth 2.0 client credentials; what is not said here is that of security.authentication.oauth2.");
}
