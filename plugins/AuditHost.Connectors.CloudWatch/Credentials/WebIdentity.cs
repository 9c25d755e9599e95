using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.SharedInterfaces;
using Amazon.SecurityToken;

namespace AuditHost.Connectors.CloudWatch.Credentials;

/// <summary>The role of a pod. With the plugin's own client of STS, for the reason that <see cref="AssumedRole"/> has.</summary>
internal sealed class WebIdentity(AssumeRoleWithWebIdentityCredentials role, RegionEndpoint region)
    : AssumeRoleWithWebIdentityCredentials(role.WebIdentityTokenFile, role.RoleArn, role.RoleSessionName)
{
    protected override ICoreAmazonSTS CreateClient() => new AmazonSecurityTokenServiceClient(new AnonymousAWSCredentials(), region);
}
