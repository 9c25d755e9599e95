using System.Text;
using AuditHost.Connectors.CloudWatch;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.CloudWatch;

public sealed class CloudWatchSettingsTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Theory]
    [InlineData("\"log_group\":\"\"", "log_group")]
    [InlineData("\"log_group\":\"a b\"", "log_group")]
    [InlineData("\"log_group\":\"arn:aws:logs:eu-central-1:1:log-group:audit\"", "log_group")]
    [InlineData("\"log_group\":\"aws/audit\"", "log_group")]
    [InlineData("\"log_stream\":\"\"", "log_stream")]
    [InlineData("\"log_stream\":\"a:b\"", "log_stream")]
    [InlineData("\"log_stream\":\"a*\"", "log_stream")]
    [InlineData("\"log_stream\":\"{{ event.host }}\"", "log_stream")]
    [InlineData("\"region\":\"\"", "region")]
    [InlineData("\"region\":\"Frankfurt\"", "region")]
    [InlineData("\"region\":\"evil.example/eu-central-1\"", "region")]
    [InlineData("\"endpoint\":\"logs.example\"", "endpoint")]
    [InlineData("\"endpoint\":\"https://logs.example/path\"", "endpoint")]
    [InlineData("\"endpoint\":\"https://canary:canary@logs.example/\"", "endpoint")]
    [InlineData("\"retention_days\":31", "retention_days")]
    [InlineData("\"max_event_bytes\":2000000", "max_event_bytes")]
    [InlineData("\"max_event_bytes\":0", "max_event_bytes")]
    [InlineData("\"kms_key_id\":\"alias/key\"", "kms_key_id")]
    [InlineData("\"tags\":{\"aws:x\":\"y\"}", "tags")]
    [InlineData("\"tags\":{\"\":\"y\"}", "tags")]
    [InlineData("\"access_key_id\":\"AKIA\"", "secret_access_key")]
    [InlineData("\"secret_access_key\":\"canary\"", "access_key_id")]
    [InlineData("\"session_token\":\"canary\"", "session_token")]
    [InlineData("\"profile\":\"\"", "profile")]
    [InlineData("\"profile\":\"p\",\"access_key_id\":\"AKIA\",\"secret_access_key\":\"canary\"", "profile")]
    [InlineData("\"access_key_id\":\"AKIA\",\"secret_access_key\":\"canary\\n\"", "secret_access_key")]
    [InlineData("\"access_key_id\":\"AKIA\",\"secret_access_key\":\"s\",\"session_token\":\"can ary\"", "session_token")]
    [InlineData("\"log_group_class\":\"cheap\"", "log_group_class")]
    [InlineData("\"create_group\":false,\"log_group_class\":\"infrequent_access\"", "log_group_class")]
    [InlineData("\"create_group\":false,\"kms_key_id\":\"arn:aws:kms:eu-central-1:1:key/a\"", "kms_key_id")]
    [InlineData("\"create_group\":false,\"retention_days\":30", "retention_days")]
    [InlineData("\"create_group\":false,\"tags\":{\"team\":\"audit\"}", "tags")]
    public void Setting_that_cannot_work_is_named(string setting, string name)
    {
        SettingsException exception = Assert.Throws<SettingsException>(() => new CloudWatchFactory().Create(Settings(setting), _context));

        Assert.Equal(name, exception.Setting);
        Assert.DoesNotContain("canary", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eu-central-1", "https://logs.eu-central-1.amazonaws.com/")]
    [InlineData("us-gov-west-1", "https://logs.us-gov-west-1.amazonaws.com/")]
    [InlineData("cn-north-1", "https://logs.cn-north-1.amazonaws.com.cn/")]
    [InlineData("eusc-de-east-1", "https://logs.eusc-de-east-1.amazonaws.eu/")]
    [InlineData("us-iso-east-1", "https://logs.us-iso-east-1.c2s.ic.gov/")]
    [InlineData("us-isob-east-1", "https://logs.us-isob-east-1.sc2s.sgov.gov/")]
    public void Endpoint_follows_from_the_region(string region, string endpoint) =>
        Assert.Equal(endpoint, Assert.Single(new CloudWatchFactory().Endpoints(Settings($"\"region\":\"{region}\""))).AbsoluteUri);

    [Fact]
    public void Keys_of_the_usual_site_file_are_enough() => Assert.NotNull(new CloudWatchFactory().Create(Settings("\"create_group\":true"), _context));

    public void Dispose() => _context.Dispose();

    /// <summary>The keys of the usual site file, one of them another or one more.</summary>
    private static byte[] Settings(string setting)
    {
        string[] usual = ["\"log_group\":\"/aws/copybook/audit\"", "\"log_stream\":\"audit-events\"", "\"region\":\"eu-central-1\""];
        string name = setting[..setting.IndexOf(':', StringComparison.Ordinal)];
        return Encoding.UTF8.GetBytes($"{{{string.Join(',', usual.Where(one => !one.StartsWith(name + ":", StringComparison.Ordinal)).Append(setting))}}}");
    }
}
