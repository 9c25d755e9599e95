using AuditHost.Configuration;
using AuditHost.Configuration.Options;

namespace AuditHost.Tests.Configuration;

public sealed class QuotaTests
{
    private const long Journal = 1L << 30;

    [Theory]
    [InlineData("ordered: true", null, FullPolicy.Block)]
    [InlineData("on_full: block", null, FullPolicy.Block)]
    [InlineData("quota: 256MiB", 256L << 20, FullPolicy.Block)]
    [InlineData("quota: 268435456", 256L << 20, FullPolicy.Block)]
    [InlineData("quota: 50%", Journal / 2, FullPolicy.Block)]
    [InlineData("quota: 100%", Journal, FullPolicy.Block)]
    [InlineData("on_full: drop_oldest", Journal / 4, FullPolicy.DropOldest)]
    [InlineData("on_full: drop_oldest, quota: 87.5%", Journal / 8 * 7, FullPolicy.DropOldest)]
    public async Task Destination_says_how_much_may_wait_and_what_happens_then(string keys, long? quota, object onFull)
    {
        SiteLoadResult result = await LoadAsync(keys);

        Assert.Empty(result.Diagnostics);
        DestinationOptions destination = Assert.Single(result.Site!.Destinations);
        Assert.Equal((quota, onFull), (destination.Quota, destination.OnFull));
    }

    [Theory]
    [InlineData("quota: 2GiB", "is more than the whole journal may take; host.journal.max_bytes is 1GiB")]
    [InlineData("quota: 64MiB", "must hold two segments of the journal at least, that is 128MiB; or give host.journal a smaller segment_bytes")]
    [InlineData("on_full: drop_oldest, quota: 99%", "leaves new events no room before the oldest go; with on_full: drop_oldest at most 896MiB")]
    [InlineData("quota: 0%", "expected a size such as 256MiB or 10GiB, or a percentage such as 25%, got '0%'")]
    [InlineData("quota: 101%", "expected a size such as 256MiB or 10GiB, or a percentage such as 25%, got '101%'")]
    [InlineData("quota: much", "expected a size such as 256MiB or 10GiB, or a percentage such as 25%, got 'much'")]
    public async Task Quota_that_cannot_be_kept_is_an_error_at_its_place(string keys, string message)
    {
        SiteLoadResult result = await LoadAsync(keys);

        Diagnostic error = Assert.Single(result.Diagnostics);
        Assert.Equal(("siem.splunk.quota", DiagnosticSeverity.Error, message), (error.Path, error.Severity, error.Message));
        Assert.Equal(5, error.Location.Line);
    }

    [Fact]
    public async Task Policy_that_is_not_known_suggests_the_one_that_was_meant()
    {
        Diagnostic error = Assert.Single((await LoadAsync("on_full: drop_oldes")).Diagnostics);

        Assert.Contains("drop_oldest", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("siem.splunk.on_full", error.Path);
    }

    private static Task<SiteLoadResult> LoadAsync(string keys) => SiteFolder.LoadAsync(
        $"host:\n  journal: {{ max_bytes: 1GiB }}\nenterprise_integration:\n  siem:\n    splunk: {{ hec_endpoint: 'https://splunk.example', hec_token: canary-token, {keys} }}\n");
}
