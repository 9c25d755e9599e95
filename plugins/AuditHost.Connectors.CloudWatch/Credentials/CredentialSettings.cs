using AuditHost.PluginKit.Aws;
using AuditHost.Sdk;

namespace AuditHost.Connectors.CloudWatch.Credentials;

/// <summary>Reads from the settings where the keys come from.</summary>
internal static class CredentialSettings
{
    /// <exception cref="SettingsException">The settings contradict each other.</exception>
    public static ICredentials Of(CloudWatchSettings settings)
    {
        bool hasId = !string.IsNullOrEmpty(settings.AccessKeyId);
        bool hasSecret = !string.IsNullOrEmpty(settings.SecretAccessKey);
        if (hasId != hasSecret)
            throw new SettingsException(hasId ? "secret_access_key" : "access_key_id", "Missing. Give both access_key_id and secret_access_key, or neither");
        if (!hasId && !string.IsNullOrEmpty(settings.SessionToken))
            throw new SettingsException("session_token", "Stands without a key. Give access_key_id and secret_access_key with it");
        if (settings.Profile is { Length: 0 })
            throw new SettingsException("profile", "Empty. Name a profile, or leave it out");
        if (!hasId)
            return new FoundCredentials(settings.Profile, settings.Region);
        if (settings.Profile is not null)
            throw new SettingsException("profile", "Stands beside access_key_id. Give one of them");
        Check("access_key_id", settings.AccessKeyId!);
        Check("secret_access_key", settings.SecretAccessKey!);
        Check("session_token", settings.SessionToken ?? string.Empty);
        string? token = string.IsNullOrEmpty(settings.SessionToken) ? null : settings.SessionToken;
        return new FixedCredentials(new AwsCredentials(settings.AccessKeyId!, settings.SecretAccessKey!, token));
    }

    private static void Check(string setting, string value)
    {
        if (value.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new SettingsException(setting, "Has a space, a line break or another character that no key has. Does its file end in a line break?");
    }
}
