using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AuditHost.Fakes.CloudWatch;

/// <summary>
/// Verifies Signature Version 4 as AWS does: it takes the request apart and computes the signature anew. Written from the IAM User Guide,
/// "Create a signed AWS API request", and nothing else; the code that signs is not used here.
/// </summary>
internal sealed class SigV4Verifier(string region, string service, string accessKeyId, string secretAccessKey, string? sessionToken, TimeProvider time)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>What is wrong with a request: the error's name and what it says; <see langword="null"/> where nothing is.</summary>
    public (string Code, string Message)? Check(FakeRequest request)
    {
        string authorization = request.Header("Authorization");
        if (authorization.Length == 0)
            return ("MissingAuthenticationTokenException", "Missing Authentication Token");
        const string Scheme = "AWS4-HMAC-SHA256 ";
        if (!authorization.StartsWith(Scheme, StringComparison.Ordinal))
            return ("IncompleteSignatureException", "Unsupported AWS 'algorithm'");
        Dictionary<string, string> parts = authorization[Scheme.Length..].Split(", ")
            .Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part.Length == 2 ? part[1] : string.Empty);
        if (!parts.TryGetValue("Credential", out string? credential)
            || !parts.TryGetValue("SignedHeaders", out string? signed)
            || !parts.TryGetValue("Signature", out string? signature))
            return ("IncompleteSignatureException", "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature'");
        return CheckScope(request, credential) ?? CheckHeaders(request, signed.Split(';')) ?? CheckSignature(request, credential, signed, signature);
    }

    private (string, string)? CheckScope(FakeRequest request, string credential)
    {
        string[] scope = credential.Split('/');
        string date = request.Header("X-Amz-Date");
        if (scope.Length != 5 || scope[4] != "aws4_request")
            return ("IncompleteSignatureException", "Credential must have exactly 5 slash-delimited elements");
        if (scope[0] != accessKeyId)
            return ("UnrecognizedClientException", "The security token included in the request is invalid.");
        if (request.Header("X-Amz-Security-Token") != (sessionToken ?? string.Empty))
            return ("UnrecognizedClientException", "The security token included in the request is invalid.");
        if (scope[2] != region || scope[3] != service)
            return ("InvalidSignatureException", $"Credential should be scoped to a valid region, not '{scope[2]}' and service '{scope[3]}'.");
        if (!DateTimeOffset.TryParseExact(date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at))
            return ("IncompleteSignatureException", "Date must be in ISO-8601 'basic format'.");
        if (!date.StartsWith(scope[1], StringComparison.Ordinal))
            return ("InvalidSignatureException", "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP");
        return (time.GetUtcNow() - at).Duration() <= Tolerance
            ? null
            : ("InvalidSignatureException", $"Signature expired: {date} is now earlier than {time.GetUtcNow() - Tolerance:yyyyMMdd'T'HHmmss'Z'}");
    }

    /// <summary>Host and every header of AWS's own have to be signed.</summary>
    private static (string, string)? CheckHeaders(FakeRequest request, string[] signed)
    {
        if (!signed.SequenceEqual(signed.Order(StringComparer.Ordinal)) || signed.Distinct().Count() != signed.Length)
            return ("IncompleteSignatureException", "SignedHeaders are not in order");
        IEnumerable<string> required = request.Headers.Keys.Select(name => name.ToLowerInvariant())
            .Where(name => name.StartsWith("x-amz-", StringComparison.Ordinal)).Append("host").Append("content-type");
        string[] missing = [.. required.Except(signed)];
        return missing.Length == 0
            ? null
            : ("InvalidSignatureException", $"'{string.Join("', '", missing)}' must be a 'SignedHeader' in the AWS Authorization.");
    }

    private (string, string)? CheckSignature(FakeRequest request, string credential, string signed, string signature)
    {
        var canonical = new StringBuilder();
        canonical.Append(request.Method).Append('\n').Append(request.Path).Append('\n');
        if (request.Query.Count > 0)
            return ("InvalidSignatureException", "No action of this service has a query");
        canonical.Append('\n');
        foreach (string name in signed.Split(';'))
            canonical.Append(name).Append(':').Append(string.Join(',', request.Headers[name].Select(value => value!.Trim()))).Append('\n');
        canonical.Append('\n').Append(signed).Append('\n').Append(Hash(request.Raw.Span));

        string scope = credential[(credential.IndexOf('/', StringComparison.Ordinal) + 1)..];
        string toSign = $"AWS4-HMAC-SHA256\n{request.Header("X-Amz-Date")}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonical.ToString()))}";
        byte[] key = Encoding.UTF8.GetBytes("AWS4" + secretAccessKey);
        foreach (string part in scope.Split('/').Append(toSign))
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return signature == Convert.ToHexStringLower(key)
            ? null
            : ("InvalidSignatureException", "The request signature we calculated does not match the signature you provided.");
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
