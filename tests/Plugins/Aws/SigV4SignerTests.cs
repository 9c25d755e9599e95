using System.Net.Http.Headers;
using System.Text;
using AuditHost.PluginKit.Aws;
using AuditHost.Plugins.Tests.Files;

namespace AuditHost.Plugins.Tests.Aws;

/// <summary>The signatures of the published test suite, in which everything is signed by AKIDEXAMPLE for a service called "service".</summary>
public sealed class SigV4SignerTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private static readonly AwsCredentials Credentials = new("AKIDEXAMPLE", Secret);
    private static readonly DateTimeOffset SuiteTime = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("GET", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("POST", "/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [InlineData("GET", "/?Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [InlineData("GET", "/?Param-3=Value3&Param=Value2&%E1%88%B4=Value1", "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac")]
    [InlineData("GET", "/?\u1234=bar", "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04")]
    [InlineData(
        "GET",
        "/?-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz=-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197")]
    public void Method_path_and_query_are_signed(string method, string path, string signature)
    {
        using HttpRequestMessage request = Request(method, path);

        Signer().Sign(request, [], Credentials);

        Assert.Equal(Authorization("host;x-amz-date", signature), request.Headers.GetValues("Authorization").Single());
        Assert.Equal("20150830T123600Z", request.Headers.GetValues("X-Amz-Date").Single());
    }

    [Fact]
    public void Headers_are_signed_with_their_spaces_trimmed()
    {
        using HttpRequestMessage request = Request("GET", "/");
        request.Headers.TryAddWithoutValidation("My-Header1", " value1");
        request.Headers.TryAddWithoutValidation("My-Header2", " \"a   b   c\"");

        Signer().Sign(request, [], Credentials);

        Assert.Equal(
            Authorization("host;my-header1;my-header2;x-amz-date", "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"),
            request.Headers.GetValues("Authorization").Single());
    }

    [Fact]
    public void Token_of_a_temporary_key_is_sent_and_signed()
    {
        const string Token = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
        using HttpRequestMessage request = Request("GET", "/");

        Signer().Sign(request, [], Credentials with { SessionToken = Token });

        Assert.Equal(Token, request.Headers.GetValues("X-Amz-Security-Token").Single());
        Assert.Equal(
            Authorization("host;x-amz-date;x-amz-security-token", "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8"),
            request.Headers.GetValues("Authorization").Single());
    }

    /// <summary>A call of CloudWatch Logs whose signature was computed independently.</summary>
    [Fact]
    public void Body_media_type_and_target_are_signed()
    {
        byte[] body = Encoding.UTF8.GetBytes("""{"logGroupName":"audit","logStreamName":"s1","logEvents":[{"timestamp":1795464000123,"message":"hello"}]}""");
        using HttpRequestMessage request = new(HttpMethod.Post, "https://logs.us-east-1.amazonaws.com/") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", "Logs_20140328.PutLogEvents");

        new SigV4Signer("us-east-1", "logs", new ManualClock(new DateTimeOffset(2026, 11, 23, 20, 0, 0, TimeSpan.Zero))).Sign(request, body, Credentials);

        Assert.EndsWith(
            "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=6f572fcb4ec321364088c4ea95aad21a54c00f2da9f25a58d151e2dcd1613d6f",
            request.Headers.GetValues("Authorization").Single(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Request_that_is_sent_again_gets_one_new_signature()
    {
        SigV4Signer signer = Signer();
        using HttpRequestMessage request = Request("GET", "/");
        signer.Sign(request, [], new AwsCredentials("OTHER", "other", "token"));
        request.Headers.Remove("X-Amz-Security-Token");

        signer.Sign(request, [], Credentials);

        Assert.Equal(
            Authorization("host;x-amz-date", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"), request.Headers.GetValues("Authorization").Single());
    }

    [Fact]
    public void Host_with_a_port_of_its_own_is_signed_with_it()
    {
        using HttpRequestMessage usual = Request("GET", "/");
        using HttpRequestMessage other = new(HttpMethod.Get, "https://example.amazonaws.com:8443/");

        Signer().Sign(usual, [], Credentials);
        Signer().Sign(other, [], Credentials);

        Assert.NotEqual(usual.Headers.GetValues("Authorization").Single(), other.Headers.GetValues("Authorization").Single());
    }

    [Fact]
    public void Secrets_are_not_printed() => Assert.Equal("AKIDEXAMPLE", $"{Credentials with { SessionToken = "t" }}");

    private static string Authorization(string headers, string signature) =>
        $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders={headers}, Signature={signature}";

    private static SigV4Signer Signer() => new("us-east-1", "service", new ManualClock(SuiteTime));

    private static HttpRequestMessage Request(string method, string path) => new(new HttpMethod(method), $"https://example.amazonaws.com{path}");
}
