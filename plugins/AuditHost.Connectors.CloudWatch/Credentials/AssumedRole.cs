using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.SharedInterfaces;
using Amazon.SecurityToken;

namespace AuditHost.Connectors.CloudWatch.Credentials;

/// <summary>
/// A role that a profile names. The SDK's own looks for the client of STS among all assemblies of the process and takes the first, which can
/// be another plugin's and then does not fit; this one brings the plugin's.
/// </summary>
internal sealed class AssumedRole(AssumeRoleAWSCredentials role, AWSCredentials source, RegionEndpoint region)
    : AssumeRoleAWSCredentials(source, role.RoleArn, role.RoleSessionName, role.Options)
{
    protected override CredentialsRefreshState GenerateNewCredentials()
    {
        using AmazonSecurityTokenServiceClient client = Client();
        return StateOf(((ICoreAmazonSTS)client).CredentialsFromAssumeRoleAuthentication(RoleArn, RoleSessionName, Options));
    }

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        using AmazonSecurityTokenServiceClient client = Client();
        return StateOf(await ((ICoreAmazonSTS)client).CredentialsFromAssumeRoleAuthenticationAsync(RoleArn, RoleSessionName, Options).ConfigureAwait(false));
    }

    private static CredentialsRefreshState StateOf(AssumeRoleImmutableCredentials keys) => new(keys, keys.Expiration);

    private AmazonSecurityTokenServiceClient Client() => new(SourceCredentials, region);
}
