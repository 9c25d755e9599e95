using AuditHost.Configuration.Options;

namespace AuditHost.Isolation.Messages;

/// <summary>A destination's credentials on the wire.</summary>
/// <param name="Type">As in a site file.</param>
/// <param name="Name">The header, the user or the client.</param>
/// <param name="Secret">The token, the key, the password or the client's secret.</param>
internal sealed record AuthenticationMessage(string Type, string? Name, string Secret)
{
    /// <summary>What <c>oauth2</c> has besides.</summary>
    public Uri? TokenEndpoint { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public string? Audience { get; init; }

    public bool SecretInBody { get; init; }

    public static AuthenticationMessage? Of(AuthenticationOptions? options) => options switch
    {
        null => null,
        AuthenticationOptions.BearerToken bearer => new AuthenticationMessage("bearer_token", null, bearer.Token),
        AuthenticationOptions.ApiKey key => new AuthenticationMessage("api_key", key.Header, key.Value),
        AuthenticationOptions.Basic basic => new AuthenticationMessage("basic", basic.Username, basic.Password),
        AuthenticationOptions.OAuth oauth => new AuthenticationMessage("oauth2", oauth.ClientId, oauth.ClientSecret)
        {
            TokenEndpoint = oauth.TokenEndpoint,
            Scopes = oauth.Scopes,
            Audience = oauth.Audience,
            SecretInBody = oauth.SecretInBody,
        },
        _ => throw new NotSupportedException($"{options} cannot be handed to a process."),
    };

    public AuthenticationOptions ToOptions() => Type switch
    {
        "bearer_token" => new AuthenticationOptions.BearerToken(Secret),
        "api_key" => new AuthenticationOptions.ApiKey(Name ?? string.Empty, Secret),
        "basic" => new AuthenticationOptions.Basic(Name ?? string.Empty, Secret),
        "oauth2" when TokenEndpoint is not null => new AuthenticationOptions.OAuth(TokenEndpoint, Name ?? string.Empty, Secret, Scopes, Audience, SecretInBody),
        _ => throw new InvalidDataException($"There is no authentication of type '{Type}'."),
    };

    /// <summary>Keeps the secret out of every log: a record would print its members.</summary>
    public override string ToString() => Type;
}
