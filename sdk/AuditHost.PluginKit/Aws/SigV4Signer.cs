using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AuditHost.PluginKit.Aws;

/// <summary>
/// Signs requests with AWS Signature Version 4 in the <c>Authorization</c> header. Host, media type and every header that stands on the request
/// when it is signed are covered, and its body. Amazon S3 has rules of its own for paths and is not meant.
/// </summary>
/// <param name="region">The region, such as <c>eu-central-1</c>.</param>
/// <param name="service">The service's name in signatures, such as <c>logs</c> or <c>kinesis</c>.</param>
/// <param name="time">The clock. AWS takes no signature that is five minutes off.</param>
/// <remarks>By hand: the services' packages that would do it are each larger than a connector, and a signature is a page. Source: the AWS General
/// Reference, "Create a signed AWS API request", and its published test suite.</remarks>
public sealed class SigV4Signer(string region, string service, TimeProvider time)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Terminator = "aws4_request";

    private SigningKey? _key;

    /// <summary>Signs a request that is complete but for its signature. A request that is sent again is signed again.</summary>
    /// <param name="request">The request; it gets <c>X-Amz-Date</c>, <c>Authorization</c> and, with a temporary key, <c>X-Amz-Security-Token</c>.</param>
    /// <param name="body">Its body as it is sent, after compression.</param>
    /// <param name="credentials">Who signs.</param>
    public void Sign(HttpRequestMessage request, ReadOnlySpan<byte> body, AwsCredentials credentials)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(credentials);
        string now = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string date = now[..8];
        request.Headers.Remove("Authorization");
        Set(request, "X-Amz-Date", now);
        if (credentials.SessionToken is { } token)
            Set(request, "X-Amz-Security-Token", token);

        SortedDictionary<string, string> headers = SignedHeaders(request);
        string names = string.Join(';', headers.Keys);
        string canonical = string.Join(
            '\n',
            request.Method.Method,
            CanonicalUri.PathOf(request.RequestUri!),
            CanonicalUri.QueryOf(request.RequestUri!),
            string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n")),
            names,
            Hex(SHA256.HashData(body)));
        string scope = $"{date}/{region}/{service}/{Terminator}";
        string toSign = $"{Algorithm}\n{now}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        string signature = Hex(Hmac(KeyFor(date, credentials.SecretAccessKey), toSign));
        Set(request, "Authorization", $"{Algorithm} Credential={credentials.AccessKeyId}/{scope}, SignedHeaders={names}, Signature={signature}");
    }

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }

    private static SortedDictionary<string, string> SignedHeaders(HttpRequestMessage request)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, IEnumerable<string> values) in request.Headers)
            headers[name.ToLowerInvariant()] = string.Join(',', values.Select(OneSpace));
        headers["host"] = request.Headers.Host ?? request.RequestUri!.Authority;
        if (request.Content?.Headers.ContentType is { } type)
            headers["content-type"] = type.ToString();
        return headers;
    }

    /// <summary>Without spaces around it, and with one where there are several.</summary>
    private static string OneSpace(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The key of a day, which signs all of that day's requests.</summary>
    private byte[] KeyFor(string date, string secret)
    {
        SigningKey? key = Volatile.Read(ref _key);
        if (key is null || key.Date != date || key.Secret != secret)
        {
            byte[] bytes = Hmac(Encoding.UTF8.GetBytes($"AWS4{secret}"), date);
            foreach (string part in (ReadOnlySpan<string>)[region, service, Terminator])
                bytes = Hmac(bytes, part);
            key = new SigningKey(date, secret, bytes);
            Volatile.Write(ref _key, key);
        }

        return key.Bytes;
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private sealed record SigningKey(string Date, string Secret, byte[] Bytes);
}
