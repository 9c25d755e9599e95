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

    /// <summary>Keeps secrets out of every log: a record would print its members.</summary>
    public sealed override string ToString() => GetType().Name;
}
