using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using AuditHost.Sdk;

namespace AuditHost.Connectors.CloudWatch.Credentials;

/// <summary>
/// Finds the credentials of this machine in the order of the AWS SDK for .NET. Its own resolver is not used: the one it makes for instance
/// roles has a timer that runs for ever, which would keep the plugin in memory. Source: AWS SDK for .NET Developer Guide, "Credential and
/// profile resolution".
/// </summary>
internal static class CredentialChain
{
    /// <summary>Finds a source; may call the instance's metadata service, and blocks meanwhile.</summary>
    /// <param name="profile">The profile to take, and nothing else; <see langword="null"/> to look everywhere.</param>
    /// <param name="region">The region whose STS gives out temporary keys.</param>
    /// <exception cref="CredentialsException">There is none.</exception>
    public static AWSCredentials Find(string? profile, string region) => WithOwnClient(Find(profile), RegionEndpoint.GetBySystemName(region));

    private static AWSCredentials Find(string? profile)
    {
        if (profile is not null)
            return OfProfile(profile);
        if (IsSet(EnvironmentVariablesAWSCredentials.ENVIRONMENT_VARIABLE_ACCESSKEY))
            return new EnvironmentVariablesAWSCredentials();
        if (IsSet(AssumeRoleWithWebIdentityCredentials.WebIdentityTokenFileEnvVariable))
            return AssumeRoleWithWebIdentityCredentials.FromEnvironmentVariables();
        if (Environment.GetEnvironmentVariable("AWS_PROFILE") is { Length: > 0 } named)
            return OfProfile(named);
        if (OfDefaultProfile() is { } ofProfile)
            return ofProfile;
        return OfContainer() is { } ofContainer ? ofContainer : OfInstance();
    }

    private static AWSCredentials OfProfile(string name)
    {
        var store = new CredentialProfileStoreChain();
        if (!store.TryGetProfile(name, out CredentialProfile profile))
            throw new CredentialsException(FailureKind.Misconfigured, "The AWS profile does not exist. Check profile or AWS_PROFILE, and that the host's account can read ~/.aws");
        return profile.GetAWSCredentials(store);
    }

    /// <summary>A default profile is often there for the region alone.</summary>
    private static AWSCredentials? OfDefaultProfile()
    {
        var store = new CredentialProfileStoreChain();
        return store.TryGetProfile("default", out CredentialProfile profile) && profile.CanCreateAWSCredentials ? profile.GetAWSCredentials(store) : null;
    }

    private static GenericContainerCredentials? OfContainer() =>
        IsSet("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") || IsSet("AWS_CONTAINER_CREDENTIALS_FULL_URI") ? new GenericContainerCredentials() : null;

    private static InstanceProfileAWSCredentials OfInstance()
    {
        try
        {
            return new InstanceProfileAWSCredentials();
        }
        catch (Exception exception) when (exception is AmazonServiceException or AmazonClientException or InvalidOperationException)
        {
            throw new CredentialsException(
                FailureKind.Misconfigured,
                "No AWS credentials were found: not in the settings, the environment, ~/.aws, the container or the instance's role",
                exception);
        }
    }

    private static AWSCredentials WithOwnClient(AWSCredentials found, RegionEndpoint region) => found switch
    {
        AssumeRoleAWSCredentials role => new AssumedRole(role, WithOwnClient(role.SourceCredentials, region), region),
        AssumeRoleWithWebIdentityCredentials role => new WebIdentity(role, region),
        _ => found,
    };

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
