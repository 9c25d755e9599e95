using System.Text;
using AuditHost.Connectors.Sentinel;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Sentinel.SentinelTests;

namespace AuditHost.Plugins.Tests.Sentinel;

public sealed class SentinelSettingsTests : IDisposable
{
    private const string Workspace = "\"workspace_id\":\"b5a1c5de-6f13-4f1e-8e13-0c7ad1e5a2f7\"";
    private const string Given = "{" + Workspace + ""","shared_key":"Y2FuYXJ5","log_type":"CopybookAudit"}""";

    private readonly TestPluginContext _context = new();

    [Fact]
    public void Keys_of_the_given_file_load_with_a_warning_that_their_api_has_ended()
    {
        Assert.NotNull(Create(Given, _context));

        string warning = Assert.Single(_context.Warnings);
        Assert.Contains("14 September 2026", warning, StringComparison.Ordinal);
        Assert.Contains("dcr_immutable_id", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("Y2FuYXJ5", warning, StringComparison.Ordinal);
        Assert.Equal("https://b5a1c5de-6f13-4f1e-8e13-0c7ad1e5a2f7.ods.opinsights.azure.com/api/logs", Endpoint(Given));
        Assert.Equal(BatchContent.Payload, new SentinelFactory().Content(Encoding.UTF8.GetBytes(Given)));
    }

    [Theory]
    [InlineData("https://x.ingest.monitor.azure.com", "https://x.ingest.monitor.azure.com/dataCollectionRules/dcr-0a/streams/Custom-Audit")]
    [InlineData("https://proxy:8443/azure/", "https://proxy:8443/azure/dataCollectionRules/dcr-0a/streams/Custom-Audit")]
    public void Address_has_rule_and_stream(string endpoint, string expected)
    {
        string settings = $$"""{"endpoint":"{{endpoint}}","dcr_immutable_id":"dcr-0a","stream_name":"Custom-Audit"}""";

        Assert.NotNull(Create(settings, _context));
        Assert.Equal(expected, Endpoint(settings));
        Assert.Equal(BatchContent.Body, new SentinelFactory().Content(Encoding.UTF8.GetBytes(settings)));
        Assert.Empty(_context.Warnings);
    }

    [Theory]
    [InlineData("https://w.ods.opinsights.azure.us", "https://w.ods.opinsights.azure.us/api/logs")]
    [InlineData("https://w.ods.opinsights.azure.us/api/logs", "https://w.ods.opinsights.azure.us/api/logs")]
    public void Another_cloud_is_named_by_its_endpoint(string endpoint, string expected) =>
        Assert.Equal(expected, Endpoint($"{{\"endpoint\":\"{endpoint}\",{Given[1..]}"));

    [Theory]
    [InlineData("http://h.example", true)]
    [InlineData("http://127.0.0.1:1", false)]
    public void A_token_that_can_be_read_on_the_way_is_warned_of(string endpoint, bool warned)
    {
        Create($$"""{"endpoint":"{{endpoint}}","dcr_immutable_id":"dcr-0a","stream_name":"Custom-Audit"}""", _context);

        Assert.Equal(warned, _context.Warnings.Any());
    }

    [Theory]
    [InlineData("""{}""", "endpoint")]
    [InlineData("""{"endpoint":"https://h"}""", "dcr_immutable_id")]
    [InlineData("""{"dcr_immutable_id":"dcr-0a","stream_name":"Custom-A"}""", "endpoint")]
    [InlineData("""{"endpoint":"https://h","stream_name":"Custom-A"}""", "dcr_immutable_id")]
    [InlineData("""{"endpoint":"https://h","dcr_immutable_id":"dcr-0a"}""", "stream_name")]
    [InlineData("""{"endpoint":"h","dcr_immutable_id":"dcr-0a","stream_name":"Custom-A"}""", "endpoint")]
    [InlineData("""{"endpoint":"https://h?a=b","dcr_immutable_id":"dcr-0a","stream_name":"Custom-A"}""", "endpoint")]
    [InlineData("""{"endpoint":"https://h","dcr_immutable_id":"audit-rule","stream_name":"Custom-A"}""", "dcr_immutable_id")]
    [InlineData("""{"endpoint":"https://h","dcr_immutable_id":"dcr-0/../a","stream_name":"Custom-A"}""", "dcr_immutable_id")]
    [InlineData("""{"endpoint":"https://h","dcr_immutable_id":"dcr-0a","stream_name":"Audit_CL"}""", "stream_name")]
    [InlineData("""{"endpoint":"https://h","dcr_immutable_id":"dcr-0a","stream_name":"Custom-A?x"}""", "stream_name")]
    [InlineData("""{"endpoint":"https://h","dcr_immutable_id":"dcr-0a","stream_name":"Custom-A","time_generated_field":"T"}""", "time_generated_field")]
    [InlineData("""{"endpoint":"https://h","dcr_immutable_id":"dcr-0a","stream_name":"Custom-A","log_type":"T"}""", "workspace_id")]
    [InlineData("""{"shared_key":"Y2FuYXJ5","log_type":"T"}""", "workspace_id")]
    [InlineData("{" + Workspace + ""","log_type":"T"}""", "shared_key")]
    [InlineData("{" + Workspace + ""","shared_key":"Y2FuYXJ5"}""", "log_type")]
    [InlineData("{" + Workspace + ""","shared_key":"no base64, canary","log_type":"T"}""", "shared_key")]
    [InlineData("""{"workspace_id":"my-workspace","shared_key":"Y2FuYXJ5","log_type":"T"}""", "workspace_id")]
    [InlineData("{" + Workspace + ""","shared_key":"Y2FuYXJ5","log_type":"Audit-Log"}""", "log_type")]
    [InlineData("{" + Workspace + ""","shared_key":"Y2FuYXJ5","log_type":"T","time_generated_field":"TimeGenerated"}""", "time_generated_field")]
    [InlineData("{" + Workspace + ""","shared_key":"Y2FuYXJ5","log_type":"T","time_generated_field":"a b"}""", "time_generated_field")]
    [InlineData("{" + Workspace + ""","shared_key":"Y2FuYXJ5","log_type":"T","endpoint":"ftp://h"}""", "endpoint")]
    public void What_cannot_work_is_refused_by_name_and_no_secret_quoted(string settings, string setting)
    {
        var refusal = Assert.Throws<SettingsException>(() => Create(settings, _context));

        Assert.Equal(setting, refusal.Setting);
        Assert.DoesNotContain("canary", refusal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Y2FuYXJ5", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_type_may_have_a_hundred_characters_and_no_more()
    {
        Assert.NotNull(Create(Given.Replace("CopybookAudit", new string('a', 100)), _context));
        Assert.Throws<SettingsException>(() => Create(Given.Replace("CopybookAudit", new string('a', 101)), _context));
    }

    public void Dispose() => _context.Dispose();

    private static string Endpoint(string settings) => Assert.Single(new SentinelFactory().Endpoints(Encoding.UTF8.GetBytes(settings))).AbsoluteUri;
}
