using AuditHost.Fakes.CloudWatch;

namespace AuditHost.Load;

/// <summary>CloudWatch Logs.</summary>
internal static class CloudWatchCase
{
    public static IPluginCase Create() => new HttpCase<FakeCloudWatchLogs>(
        new FakeCloudWatchLogs(),
        static fake => fake.EventCount,
        static fake => $"{{ type: cloudwatch, region: {FakeCloudWatchLogs.Region}, log_group: /audit, log_stream: load, endpoint: \"{fake.Address}\", access_key_id: \"${{KEY_ID}}\", secret_access_key: \"${{SECRET_KEY}}\" }}")
    {
        Environment = new Dictionary<string, string> { ["KEY_ID"] = FakeCloudWatchLogs.AccessKeyId, ["SECRET_KEY"] = FakeCloudWatchLogs.SecretAccessKey },
    };
}
