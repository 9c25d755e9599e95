using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Options;

namespace AuditHost.Configuration.Binding;

/// <summary>Reads <c>authentication</c> of a destination.</summary>
internal static class AuthenticationBinder
{
    public static AuthenticationOptions? Bind(Section destination, SharedSections shared, bool enabled)
    {
        if (destination.GetVariant(DestinationKeys.Authentication) is not { } found)
            return null;
        (Variant variant, Section section) = found;
        if (variant == OAuthKeys.Variant)
            return OAuthBinder.Bind(section, shared.OAuth(enabled), enabled);
        if (variant == AuthenticationKeys.BearerToken)
            return section.GetText(AuthenticationKeys.Token) is { } token ? new AuthenticationOptions.BearerToken(token) : null;
        if (variant == AuthenticationKeys.Basic)
        {
            string? user = section.GetText(AuthenticationKeys.Username);
            string? password = section.GetText(AuthenticationKeys.Password);
            return user is null || password is null ? null : new AuthenticationOptions.Basic(user, password);
        }

        string? header = section.Find(AuthenticationKeys.Header) is null && enabled ? shared.ApiKeyHeader() : section.GetText(AuthenticationKeys.Header);
        return section.GetText(AuthenticationKeys.Value) is { } value && header is not null ? new AuthenticationOptions.ApiKey(header, value) : null;
    }
}
