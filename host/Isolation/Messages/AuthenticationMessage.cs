using AuditHost.Configuration.Options;

namespace AuditHost.Isolation.Messages;

/// <summary>A destination's credentials on the wire.</summary>
/// <param name="Type">As in a site file.</param>
/// <param name="Name">The header, or the user.</param>
/// <param name="Secret">The token, the key or the password.</param>
internal sealed record AuthenticationMessage(string Type, string? Name, string Secret)
{
    public static AuthenticationMessage? Of(AuthenticationOptions? options) => options switch
    {
        null => null,
        AuthenticationOptions.BearerToken bearer => new AuthenticationMessage("bearer_token", null, bearer.Token),
        AuthenticationOptions.ApiKey key => new AuthenticationMessage("api_key", key.Header, key.Value),
        AuthenticationOptions.Basic basic => new AuthenticationMessage("basic", basic.Username, basic.Password),
        _ => throw new NotSupportedException($"{options} cannot be handed to a process."),
    };

    public AuthenticationOptions ToOptions() => Type switch
    {
        "bearer_token" => new AuthenticationOptions.BearerToken(Secret),
        "api_key" => new AuthenticationOptions.ApiKey(Name ?? string.Empty, Secret),
        "basic" => new AuthenticationOptions.Basic(Name ?? string.Empty, Secret),
        _ => throw new InvalidDataException($"There is no authentication of type '{Type}'."),
    };

    /// <summary>Keeps the secret out of every log: a record would print its members.</summary>
    public override string ToString() => Type;
}
