using AuditHost.PluginKit.Aws;

namespace AuditHost.Connectors.CloudWatch.Credentials;

/// <summary>The keys of the site file.</summary>
internal sealed class FixedCredentials(AwsCredentials keys) : ICredentials
{
    public ValueTask<AwsCredentials> GetAsync(CancellationToken cancellationToken) => new(keys);

    public ValueTask<bool> RenewAsync(AwsCredentials refused, CancellationToken cancellationToken) => new(false);

    public void Dispose()
    {
    }
}
