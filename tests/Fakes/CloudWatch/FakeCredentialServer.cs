using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace AuditHost.Fakes.CloudWatch;

/// <summary>
/// The servers from which programs on AWS get temporary keys: the metadata service of an instance (with its session token, as IMDSv2 wants
/// it), the one of a container, and the two actions of STS. Sources: EC2 User Guide, "Use IMDSv2" and "Retrieve security credentials"; IAM
/// Roles for Service Accounts; STS API Reference.
/// </summary>
public sealed class FakeCredentialServer : FakeHttpServer
{
    public const string Role = "audit-role";
    public const string ContainerToken = "container-token";
    public const string WebIdentityToken = "web.identity.token";

    private const string MetadataToken = "metadata-token";
    private const string MetadataPath = "/latest/meta-data/iam/security-credentials/";

    /// <summary>The keys that are given out.</summary>
    public (string AccessKeyId, string SecretAccessKey, string SessionToken) Keys { get; set; } = ("ASIAFAKE1", "temporary/secret", "token-1");

    /// <summary>Until when they are good.</summary>
    public DateTimeOffset Expiration { get; set; } = DateTimeOffset.UtcNow.AddHours(6);

    /// <summary>How often keys were given out.</summary>
    public int Given { get; private set; }

    protected override FakeAnswer Answer(FakeRequest request) => (request.Method, request.Path) switch
    {
        ("PUT", "/latest/api/token") => request.Header("X-aws-ec2-metadata-token-ttl-seconds").Length > 0
            ? new FakeAnswer(200, MetadataToken, "text/plain")
            : Refuse("A token has a time to live", new FakeAnswer(400)),
        ("GET", MetadataPath) => WithToken(request, () => new FakeAnswer(200, Role, "text/plain")),
        ("GET", "/latest/meta-data/iam/info") => WithToken(request, () => new FakeAnswer(
            200,
            """{"Code":"Success","LastUpdated":"2026-11-23T20:00:00Z","InstanceProfileArn":"arn:aws:iam::123456789012:instance-profile/audit","InstanceProfileId":"AIPA1"}""")),
        ("GET", MetadataPath + Role) => WithToken(request, () => new FakeAnswer(200, Credentials("Success"))),
        ("GET", "/container") => request.Header("Authorization") == ContainerToken
            ? new FakeAnswer(200, Credentials(null))
            : Refuse("The container's token is missing", new FakeAnswer(401)),
        ("POST", "/") => Sts(QueryHelpers.ParseQuery(request.Text).ToDictionary(pair => pair.Key, pair => pair.Value.ToString())),
        _ => Refuse($"There is no {request.Method} {request.Path}", new FakeAnswer(404)),
    };

    private FakeAnswer WithToken(FakeRequest request, Func<FakeAnswer> answer) => request.Header("X-aws-ec2-metadata-token") == MetadataToken
        ? answer()
        : Refuse("IMDSv2 wants its token", new FakeAnswer(401));

    private string Credentials(string? code)
    {
        Given++;
        var values = new Dictionary<string, string?>
        {
            ["Code"] = code,
            ["LastUpdated"] = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["Type"] = "AWS-HMAC",
            ["AccessKeyId"] = Keys.AccessKeyId,
            ["SecretAccessKey"] = Keys.SecretAccessKey,
            ["Token"] = Keys.SessionToken,
            ["Expiration"] = Expiration.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
        return JsonSerializer.Serialize(values.Where(value => value.Value is not null).ToDictionary());
    }

    private FakeAnswer Sts(Dictionary<string, string> form)
    {
        string action = form.GetValueOrDefault("Action", string.Empty);
        if (action == "AssumeRoleWithWebIdentity" && form.GetValueOrDefault("WebIdentityToken") != WebIdentityToken)
        {
            return Refuse("The web identity token is wrong", new FakeAnswer(
                400, "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>Not authorized to perform sts:AssumeRoleWithWebIdentity</Message></Error></ErrorResponse>", "text/xml"));
        }

        if (action is not ("AssumeRoleWithWebIdentity" or "AssumeRole"))
            return Refuse($"STS has no action {action} here", new FakeAnswer(400));
        Given++;
        return new FakeAnswer(
            200,
            $"""
            <{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result>
            <AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/{Role}/s</Arn><AssumedRoleId>AROA:s</AssumedRoleId></AssumedRoleUser>
            <Credentials><AccessKeyId>{Keys.AccessKeyId}</AccessKeyId><SecretAccessKey>{Keys.SecretAccessKey}</SecretAccessKey><SessionToken>{Keys.SessionToken}</SessionToken>
            <Expiration>{Expiration.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}</Expiration></Credentials>
            </{action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></{action}Response>
            """,
            "text/xml");
    }
}
