namespace AuditHost.Configuration.Options;

/// <summary>How a destination's HTTP requests prove who sends them. Values are secrets and never logged.</summary>
internal abstract record AuthenticationOptions
{
    /// <summary><c>bearer_token</c>: <c>Authorization: Bearer …</c>.</summary>
    internal sealed record BearerToken(string Token) : AuthenticationOptions;

    /// <summary><c>api_key</c>: a header of its own.</summary>
    internal sealed record ApiKey(string Header, string Value) : AuthenticationOptions;

    /// <summary><c>basic</c>: user name and password.</summary>
    internal sealed record Basic(string Username, string Password) : AuthenticationOptions;

    /// <summary><c>oauth2</c>: a bearer token that the client's name and secret are exchanged for.</summary>
    /// <param name="TokenEndpoint">Where.</param>
    /// <param name="ClientId">The name.</param>
    /// <param name="ClientSecret">The secret.</param>
    /// <param name="Scopes">What is asked for.</param>
    /// <param name="Audience">Whom the token is for; <see langword="null"/> where nobody wants to know.</param>
    /// <param name="SecretInBody">Whether name and secret stand in the form instead of a header.</param>
    internal sealed record OAuth(
        Uri TokenEndpoint, string ClientId, string ClientSecret, IReadOnlyList<string> Scopes, string? Audience = null, bool SecretInBody = false) : AuthenticationOptions;

    /// <summary>Keeps secrets out of every log: a record would print its members.</summary>
    public sealed override string ToString() => GetType().Name;
}
