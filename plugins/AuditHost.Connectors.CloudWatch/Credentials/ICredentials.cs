using AuditHost.PluginKit.Aws;

namespace AuditHost.Connectors.CloudWatch.Credentials;

/// <summary>Where the keys that sign requests come from.</summary>
internal interface ICredentials : IDisposable
{
    /// <summary>The keys of now, usually from memory.</summary>
    /// <exception cref="CredentialsException">There are none.</exception>
    ValueTask<AwsCredentials> GetAsync(CancellationToken cancellationToken);

    /// <summary>Looks for other keys than those that AWS has refused.</summary>
    /// <returns>Whether there are any.</returns>
    /// <exception cref="CredentialsException">There are none at all.</exception>
    ValueTask<bool> RenewAsync(AwsCredentials refused, CancellationToken cancellationToken);
}
