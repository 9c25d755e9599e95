using AuditHost.Sdk;

namespace AuditHost.Connectors.CloudWatch;

/// <summary>Checks what a log group can be created with. Source: CloudWatch Logs API Reference, CreateLogGroup and PutRetentionPolicy.</summary>
internal static class SettingsCheck
{
    private const int MaxTags = 50;
    private const int MaxTagNameLength = 128;
    private const int MaxTagValueLength = 256;
    private const int MaxKmsKeyLength = 256;

    /// <summary>Less holds no event worth the name.</summary>
    private const int MinEventBytes = 1024;

    private static readonly int[] Retentions =
        [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static void Check(CloudWatchSettings settings)
    {
        if (settings.RetentionDays is { } days && !Retentions.Contains(days))
            throw new SettingsException("retention_days", $"Not a number of days that AWS knows. Use one of {string.Join(", ", Retentions)}");
        if (settings.MaxEventBytes is < MinEventBytes or > CloudWatchLimits.MaxBatchBytes)
            throw new SettingsException("max_event_bytes", $"Expected {MinEventBytes} to {CloudWatchLimits.MaxBatchBytes}");
        if (settings.KmsKeyId is { } key && (key.Length is 0 or > MaxKmsKeyLength || !key.StartsWith("arn:", StringComparison.Ordinal)))
            throw new SettingsException("kms_key_id", "Not the ARN of a key. Expected arn:aws:kms:REGION:ACCOUNT:key/ID");
        CheckTags(settings.Tags);
        if (!settings.CreateGroup)
            CheckNothingOfAGroup(settings);
    }

    private static void CheckNothingOfAGroup(CloudWatchSettings settings)
    {
        Refuse("log_group_class", settings.LogGroupClass != default);
        Refuse("kms_key_id", settings.KmsKeyId is not null);
        Refuse("retention_days", settings.RetentionDays is not null);
        Refuse("tags", settings.Tags.Count > 0);

        static void Refuse(string setting, bool isSet)
        {
            if (isSet)
                throw new SettingsException(setting, "Has no effect with create_group: false, since only a group that is created gets it. Leave it out, or set create_group: true");
        }
    }

    private static void CheckTags(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count > MaxTags)
            throw new SettingsException("tags", $"More than {MaxTags}, which is the most AWS takes");
        foreach ((string name, string value) in tags)
        {
            if (name.Length is 0 or > MaxTagNameLength || name.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw new SettingsException("tags", $"A tag's name has 1 to {MaxTagNameLength} characters and does not begin with aws:");
            if (value is null || value.Length > MaxTagValueLength)
                throw new SettingsException($"tags.{name}", $"A tag's value has up to {MaxTagValueLength} characters");
        }
    }
}
