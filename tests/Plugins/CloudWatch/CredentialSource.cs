using AuditHost.Fakes.CloudWatch;

namespace AuditHost.Plugins.Tests.CloudWatch;

/// <summary>The places where the AWS SDK finds credentials, each made ready in the environment of a test.</summary>
internal static class CredentialSource
{
    public static TheoryData<string> All { get; } = ["environment", "profile", "assumed role", "web identity", "container", "instance"];

    /// <summary>Those whose keys come from a server and expire.</summary>
    public static TheoryData<string> Temporary { get; } = ["assumed role", "web identity", "container", "instance"];

    public static void Prepare(string source, AwsEnvironment environment, FakeCredentialServer server)
    {
        switch (source)
        {
            case "environment":
                environment.Set("AWS_ACCESS_KEY_ID", server.Keys.AccessKeyId);
                environment.Set("AWS_SECRET_ACCESS_KEY", server.Keys.SecretAccessKey);
                environment.Set("AWS_SESSION_TOKEN", server.Keys.SessionToken);
                break;
            case "profile":
                environment.Write("credentials", $"[default]\naws_access_key_id={server.Keys.AccessKeyId}\naws_secret_access_key={server.Keys.SecretAccessKey}\naws_session_token={server.Keys.SessionToken}\n");
                break;
            case "assumed role":
                environment.Set("AWS_ENDPOINT_URL_STS", server.Address.ToString());
                environment.Set("AWS_PROFILE", "audit");
                environment.Write("credentials", "[base]\naws_access_key_id=AKIABASE\naws_secret_access_key=base\n");
                environment.Write("config", $"[profile audit]\nrole_arn=arn:aws:iam::123456789012:role/{FakeCredentialServer.Role}\nsource_profile=base\nregion=eu-central-1\n");
                break;
            case "web identity":
                environment.Set("AWS_ENDPOINT_URL_STS", server.Address.ToString());
                environment.Set("AWS_REGION", "eu-central-1");
                environment.Set("AWS_ROLE_ARN", $"arn:aws:iam::123456789012:role/{FakeCredentialServer.Role}");
                environment.Set("AWS_WEB_IDENTITY_TOKEN_FILE", environment.Write("token", FakeCredentialServer.WebIdentityToken));
                break;
            case "container":
                environment.Set("AWS_CONTAINER_CREDENTIALS_FULL_URI", new Uri(server.Address, "/container").ToString());
                environment.Set("AWS_CONTAINER_AUTHORIZATION_TOKEN", FakeCredentialServer.ContainerToken);
                break;
            default:
                environment.Set("AWS_EC2_METADATA_DISABLED", null);
                environment.Set("AWS_EC2_METADATA_SERVICE_ENDPOINT", server.Address.ToString().TrimEnd('/'));
                break;
        }
    }
}
