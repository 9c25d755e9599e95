namespace AuditHost.PluginKit.Aws;

/// <summary>Who signs requests to AWS.</summary>
/// <param name="AccessKeyId">The key's name.</param>
/// <param name="SecretAccessKey">The key. A secret.</param>
/// <param name="SessionToken">What comes with a temporary key; <see langword="null"/> with a lasting one. A secret.</param>
public sealed record AwsCredentials(string AccessKeyId, string SecretAccessKey, string? SessionToken = null)
{
    /// <summary>The key's name alone: a record would print its members.</summary>
    public override string ToString() => AccessKeyId;
}
