using System.Net;
using AuditHost.Connectors.Prometheus;

namespace AuditHost.Plugins.Tests.Prometheus;

/// <summary>The two text formats, and which of them a scraper gets.</summary>
public sealed class ExpositionTests : PrometheusTest
{
    private const string OpenMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private const string Text = "text/plain; version=0.0.4; charset=utf-8";

    [Theory]
    [InlineData(null, Text)]
    [InlineData("*/*", Text)]
    [InlineData("text/plain", Text)]
    [InlineData("application/json", Text)]
    [InlineData("application/openmetrics-text", OpenMetrics)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.8", Text)]
    [InlineData("application/openmetrics-text;version=0.0.1", Text)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0", Text)]

    // Debian's Prometheus 2.42, and Prometheus 3.
    [InlineData("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", OpenMetrics)]
    [InlineData("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2", OpenMetrics)]
    public async Task A_scraper_gets_the_format_that_it_likes_best(string? accept, string expected)
    {
        PrometheusConnector connector = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, AddressOf(connector));
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);

        using HttpResponseMessage response = await Context.Http.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, response.Content.Headers.NonValidated["Content-Type"].ToString());
        string text = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.Equal(expected == OpenMetrics, text.EndsWith("\n# EOF\n", StringComparison.Ordinal));
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_names_the_type_of_each_family_before_its_samples()
    {
        PrometheusConnector connector = await StartAsync();
        await connector.SendAsync(Batch(PrometheusEvents.Check), Cancelled);

        string text = await ScrapeAsync(connector);

        Assert.StartsWith(
            """
            # HELP copybook_audit_events_total Audit events by type and severity.
            # TYPE copybook_audit_events_total counter
            copybook_audit_events_total{event_type="ComplianceCheck",severity="High"} 1

            """.ReplaceLineEndings("\n"),
            text,
            StringComparison.Ordinal);
        Assert.Contains("# TYPE copybook_compliance_violations_by_impact untyped\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE copybook_compliance_violations_impact_total counter\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenMetrics_names_a_counters_family_without_total()
    {
        PrometheusConnector connector = await StartAsync();
        await connector.SendAsync(Batch(PrometheusEvents.Check), Cancelled);

        string text = await ScrapeAsync(connector, "application/openmetrics-text");

        Assert.StartsWith(
            """
            # HELP copybook_audit_events Audit events by type and severity.
            # TYPE copybook_audit_events counter
            copybook_audit_events_total{event_type="ComplianceCheck",severity="High"} 1

            """.ReplaceLineEndings("\n"),
            text,
            StringComparison.Ordinal);
        Assert.Contains("# TYPE copybook_compliance_violations_by_impact unknown\n", text, StringComparison.Ordinal);

        // A family's name may not be another's (OpenMetrics, section "MetricFamily").
        string[] families = [.. text.Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2])];
        Assert.Equal(families.Distinct(), families);
    }
}
