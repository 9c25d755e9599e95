using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Options;

namespace AuditHost.Configuration.Binding;

/// <summary>Reads <c>authentication: {type: oauth2}</c>: each key the destination's own, else that of <c>security.authentication.oauth2</c>.</summary>
internal static class OAuthBinder
{
    /// <param name="own">The destination's.</param>
    /// <param name="shared">The site's; <see langword="null"/> where there is none.</param>
    /// <param name="enabled">Whether it is used, so that nothing may be missing.</param>
    public static AuthenticationOptions.OAuth? Bind(Section own, Section? shared, bool enabled)
    {
        string? id = own.GetText(OAuthKeys.ClientId) ?? shared?.GetText(OAuthKeys.ClientId);
        string? secret = own.GetText(OAuthKeys.ClientSecret) ?? shared?.GetText(OAuthKeys.ClientSecret);
        Uri? endpoint = Endpoint(own) ?? Endpoint(shared);
        IReadOnlyList<string> scopes = own.GetList(OAuthKeys.Scopes) ?? shared?.GetList(OAuthKeys.Scopes) ?? [];
        string? audience = own.GetText(OAuthKeys.Audience) ?? shared?.GetText(OAuthKeys.Audience);
        bool inBody = own.Get(OAuthKeys.SecretInBody, shared?.Get(OAuthKeys.SecretInBody, false) ?? false);
        if (!enabled)
            return null;
        Require(own, shared, OAuthKeys.ClientId);
        Require(own, shared, OAuthKeys.ClientSecret);
        Require(own, shared, OAuthKeys.TokenEndpoint);
        return id is null || secret is null || endpoint is null ? null : new AuthenticationOptions.OAuth(endpoint, id, secret, scopes, audience, inBody);
    }

    private static void Require(Section own, Section? shared, Key key)
    {
        if (own.Find(key) is null && shared?.Find(key) is null)
            own.Error(VariantKey.Type, $"oauth2 needs {key.Name}, here or in security.authentication.oauth2");
    }

    /// <summary>The secret goes there, so that only this machine may be asked without TLS.</summary>
    private static Uri? Endpoint(Section? section)
    {
        if (section is null || !section.TryGet(OAuthKeys.TokenEndpoint, out Uri endpoint))
            return null;
        if (endpoint.Scheme == Uri.UriSchemeHttps || endpoint.IsLoopback)
            return endpoint;
        section.Error(OAuthKeys.TokenEndpoint, "the client's secret would travel unencrypted; use https");
        return null;
    }
}
