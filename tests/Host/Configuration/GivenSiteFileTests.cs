using System.Text;
using AuditHost.Configuration;
using AuditHost.Configuration.Options;
using AuditHost.Sdk;

namespace AuditHost.Tests.Configuration;

/// <summary>The shape the product was given must load as it stands.</summary>
public sealed class GivenSiteFileTests
{
    [Fact]
    public async Task Given_file_loads_as_it_stands()
    {
        SiteLoadResult result = await LoadGivenAsync();

        Assert.Empty(result.Errors());
        Assert.NotNull(result.Site);
        Assert.Equal(19, result.Site.Destinations.Count);
        Assert.Equal(
            ["splunk", "generic_cef", "prometheus", "elasticsearch", "slack"],
            result.Site.Destinations.Where(destination => destination.Enabled).Select(destination => destination.Name));
        Assert.Equal(100, result.Site.MaxConcurrentDeliveries);
        Assert.Equal(new MonitoringOptions(), result.Site.Monitoring);
    }

    [Fact]
    public async Task Splunk_of_the_given_file_gets_what_its_keys_say()
    {
        DestinationOptions splunk = (await LoadGivenAsync()).Site!.Destinations.Single(destination => destination.Name == "splunk");

        Assert.Equal("siem", splunk.Section);
        Assert.Equal("splunk", splunk.Type);
        Assert.Equal(new BatchOptions { MaxEvents = 100, Timeout = TimeSpan.FromSeconds(30) }, splunk.Batch);
        Assert.Equal(new RetryOptions(), splunk.Retry);
        Assert.Equal(new RateLimitOptions { EventsPerSecond = 1000, Burst = 5000 }, splunk.RateLimit);
        Assert.Equal(new BreakerOptions(), splunk.Breaker);
        Assert.True(splunk.Tls.VerifyCertificates);
        Assert.EndsWith("client.pem", splunk.Tls.ClientCertificatePath, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(30), splunk.Timeout);
        Assert.Collection(
            splunk.Filters,
            filter => Assert.Equal(new FilterOptions.SeverityThreshold(Severity.Medium), filter),
            filter => Assert.Equal(["SecurityEvent", "ComplianceCheck", "ErrorEvent"], Assert.IsType<FilterOptions.EventTypes>(filter).Allowed),
            filter => Assert.IsType<FilterOptions.ComplianceRequired>(filter),
            filter => Assert.IsType<FilterOptions.ExcludePerformanceMetrics>(filter));
        Assert.Equal(
            """{"hec_endpoint":"https://splunk.example:8088","hec_token":"canary-token-of-splunk","index":"copybook_audit","sourcetype":"copybook:audit"}""",
            Encoding.UTF8.GetString(splunk.Settings.Span));
    }

    [Fact]
    public async Task Bulk_keys_and_alert_threshold_of_the_given_file_are_understood()
    {
        SiteOptions site = (await LoadGivenAsync()).Site!;

        DestinationOptions elasticsearch = site.Destinations.Single(destination => destination.Name == "elasticsearch");
        Assert.Equal(new BatchOptions { MaxEvents = 500, Timeout = TimeSpan.FromSeconds(30) }, elasticsearch.Batch);
        DestinationOptions slack = site.Destinations.Single(destination => destination.Name == "slack");
        Assert.Equal(new FilterOptions.SeverityThreshold(Severity.High), slack.Filters[^1]);
        Assert.Equal("webhook", site.Destinations.Single(destination => destination.Name == "soar").Type);
    }

    [Fact]
    public async Task Keys_of_the_given_file_without_effect_are_named()
    {
        SiteLoadResult result = await LoadGivenAsync();

        Assert.Equal(
            [
                "site.yaml:279:9: warning: security.authentication.api_key.rotation_interval_days: not enforced by this version",
                "site.yaml:291:7: warning: security.encryption.encrypt_sensitive_fields: not enforced by this version",
                "site.yaml:292:7: warning: security.encryption.encryption_algorithm: not enforced by this version",
                "site.yaml:293:7: warning: security.encryption.key_rotation_interval_days: not enforced by this version",
            ],
            result.Lines(DiagnosticSeverity.Warning));
        string[] notes = result.Lines(DiagnosticSeverity.Note);
        Assert.Contains("site.yaml:8:5: note: global.retry_attempts: has no effect: performance.retry_policy.max_attempts wins over it", notes);
        Assert.Contains("site.yaml:9:5: note: global.retry_backoff_ms: has no effect: performance.retry_policy.initial_delay_ms wins over it", notes);
        Assert.Contains(notes, note => note.Contains("siem.qradar: no plugin provides connector type 'qradar'; installed: buffered, elasticsearch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Secrets_of_the_given_file_are_gathered_and_never_shown()
    {
        SiteLoadResult result = await LoadGivenAsync();

        Assert.Contains("canary-token-of-splunk", result.Site!.Secrets);
        Assert.Contains("canary-key-of-elasticsearch", result.Site.Secrets);
        Assert.DoesNotContain("https://splunk.example:8088", result.Site.Secrets);
        Assert.DoesNotContain(result.Lines(), line => line.Contains("canary", StringComparison.Ordinal));
        Assert.DoesNotContain("canary", result.Site.ToString(), StringComparison.Ordinal);
    }

    private static async Task<SiteLoadResult> LoadGivenAsync()
    {
        string yaml = await File.ReadAllTextAsync(Path.Combine(AssetDirectory(), "enterprise-integration.yaml"), TestContext.Current.CancellationToken);
        using var folder = new SiteFolder(yaml);
        folder.Environment["SPLUNK_HEC_ENDPOINT"] = "https://splunk.example:8088";
        folder.Environment["SPLUNK_HEC_TOKEN"] = "canary-token-of-splunk";
        folder.Environment["ELASTICSEARCH_ENDPOINT"] = "https://elastic.example:9200";
        folder.Environment["ELASTICSEARCH_API_KEY"] = "canary-key-of-elasticsearch";
        folder.Environment["SLACK_WEBHOOK_URL"] = "https://hooks.slack.example/canary-path";
        folder.Environment["CLIENT_CERT_PATH"] = folder.Add("client.pem", "certificate");
        folder.Environment["CLIENT_KEY_PATH"] = folder.Add("client.key", "key");
        folder.Environment["CA_CERT_PATH"] = folder.Add("ca.pem", "authorities");
        return await folder.LoadAsync();
    }

    private static string AssetDirectory([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
