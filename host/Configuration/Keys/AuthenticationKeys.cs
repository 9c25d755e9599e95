namespace AuditHost.Configuration.Keys;

/// <summary><c>authentication</c> of a destination.</summary>
internal static class AuthenticationKeys
{
    public static readonly ScalarKey<string> Token = new("token", Kinds.Text, "The token.") { IsSecret = true, Required = true };
    public static readonly ScalarKey<string> Header = new(
        "header", Kinds.Text, "The header; without it security.authentication.api_key.header_name, else X-API-Key.");
    public static readonly ScalarKey<string> Value = new("value", Kinds.Text, "The key.") { IsSecret = true, Required = true };
    public static readonly ScalarKey<string> Username = new("username", Kinds.Text, "The user's name.") { Required = true };
    public static readonly ScalarKey<string> Password = new("password", Kinds.Text, "The password.") { IsSecret = true, Required = true };

    public static readonly Variant BearerToken = new("bearer_token", new KeySet(VariantKey.Type, Token), "Authorization: Bearer …");
    public static readonly Variant ApiKey = new("api_key", new KeySet(VariantKey.Type, Header, Value), "A header of its own.");
    public static readonly Variant Basic = new("basic", new KeySet(VariantKey.Type, Username, Password), "User name and password.");

    public static readonly IReadOnlyList<Variant> Variants = [BearerToken, ApiKey, Basic, OAuthKeys.Variant];
}
