using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace AuditHost.Security;

/// <summary>
/// Checks the <c>Authorization</c> header of a request against the listener's tokens. Digests are compared, each with each, so
/// that the time taken says nothing about a token, its length or which one it was.
/// </summary>
internal sealed class BearerTokenAuthenticator
{
    private const string Scheme = "Bearer ";

    private readonly byte[][] _digests;

    /// <param name="tokens">The tokens that may pass. None at all means that none is asked for.</param>
    public BearerTokenAuthenticator(IReadOnlyList<string> tokens)
    {
        // An empty entry is a secret that was not filled in; taking it would open the door to everyone.
        if (tokens.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException("A token is empty.", nameof(tokens));
        _digests = [.. tokens.Select(token => SHA256.HashData(Encoding.UTF8.GetBytes(token)))];
    }

    /// <summary>Whether a token is asked for at all.</summary>
    public bool IsRequired => _digests.Length > 0;

    /// <summary>Whether a request with this header may pass.</summary>
    public bool Accepts(StringValues authorization)
    {
        if (!IsRequired)
            return true;
        if (authorization is not [{ } header] || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return false;
        return AcceptsToken(header[Scheme.Length..].Trim(' '));
    }

    /// <summary>Whether it is one of the tokens.</summary>
    public bool AcceptsToken(string token)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), digest);
        bool accepted = false;
        foreach (byte[] known in _digests)
            accepted |= CryptographicOperations.FixedTimeEquals(known, digest);
        return accepted;
    }
}
