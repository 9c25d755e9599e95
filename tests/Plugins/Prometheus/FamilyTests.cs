using System.Text.RegularExpressions;
using AuditHost.Connectors.Prometheus;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.Prometheus;

/// <summary>Which series events become.</summary>
[Collection("the host's meter")]
public sealed class FamilyTests : PrometheusTest
{
    public static TheoryData<string, string, string> Series => new()
    {
        { PrometheusEvents.Parse, """copybook_audit_events_total{event_type="CopybookParse",severity="Low"}""", "1" },
        { PrometheusEvents.Parse, """copybook_audit_event_processing_duration_seconds_bucket{event_type="CopybookParse",le="0.01"}""", "0" },
        { PrometheusEvents.Parse, """copybook_audit_event_processing_duration_seconds_bucket{event_type="CopybookParse",le="0.05"}""", "1" },
        { PrometheusEvents.Parse, """copybook_audit_event_processing_duration_seconds_bucket{event_type="CopybookParse",le="+Inf"}""", "1" },
        { PrometheusEvents.Parse, """copybook_audit_event_processing_duration_seconds_sum{event_type="CopybookParse"}""", "0.012" },
        { PrometheusEvents.Parse, """copybook_processing_duration_seconds_sum{operation="Parse"}""", "0.012" },
        { PrometheusEvents.Parse, """copybook_compliance_events_total{profile="SOX"}""", "1" },
        { PrometheusEvents.Parse, """copybook_security_classification_events{classification="Internal"}""", "1" },
        { PrometheusEvents.Parse, """copybook_security_classified_events_total{classification="Internal"}""", "1" },
        { PrometheusEvents.Validation, """copybook_processing_duration_seconds_sum{operation="Validate"}""", "0.845" },
        { PrometheusEvents.Validation, """copybook_processing_duration_seconds_bucket{operation="Validate",le="1.0"}""", "1" },
        { PrometheusEvents.Transformation, """copybook_processing_throughput_mbps{operation="Decode"}""", "45" },
        { PrometheusEvents.Transformation, """copybook_processing_throughput_bytes_per_second{operation="Decode"}""", "45000000" },
        { PrometheusEvents.Transformation, """copybook_memory_usage_mb{operation="Decode"}""", "256" },
        { PrometheusEvents.Transformation, """copybook_memory_usage_bytes{operation="Decode"}""", "256000000" },
        { PrometheusEvents.Transformation, """copybook_processing_duration_seconds_count{operation="Decode"}""", "1" },
        { PrometheusEvents.Measurement, """copybook_processing_throughput_mbps{operation="nightly"}""", "80.5" },
        { PrometheusEvents.Measurement, """copybook_cpu_usage_percent{operation="nightly"}""", "45.5" },
        { PrometheusEvents.Measurement, """copybook_cpu_usage_ratio{operation="nightly"}""", "0.455" },
        { PrometheusEvents.Measurement, """copybook_processing_duration_seconds_sum{operation="nightly"}""", "0.005" },
        { PrometheusEvents.Check, """copybook_compliance_events_total{profile="SOX"}""", "1" },
        { PrometheusEvents.Check, """copybook_compliance_events_total{profile="HIPAA"}""", "1" },
        { PrometheusEvents.Check, """copybook_compliance_violations_total{regulation="SOX 302",severity="High"}""", "2" },
        { PrometheusEvents.Check, """copybook_compliance_violations_total{regulation="HIPAA 164.312",severity="Critical"}""", "1" },
        { PrometheusEvents.Check, """copybook_compliance_violations_by_impact{impact="High"}""", "1" },
        { PrometheusEvents.Check, """copybook_compliance_violations_by_impact{impact="Financial"}""", "1" },
        { PrometheusEvents.Check, """copybook_compliance_violations_impact_total{impact="Critical"}""", "1" },
        { PrometheusEvents.Security, """copybook_security_events_total{security_event_type="DataBreach",severity="Critical"}""", "1" },
        { PrometheusEvents.Security, """copybook_security_affected_resources{resource_type="dataset"}""", "2" },
        { PrometheusEvents.Security, """copybook_security_affected_resources{resource_type="host"}""", "1" },
        { PrometheusEvents.Security, """copybook_security_affected_resources{resource_type="unknown"}""", "1" },
        { PrometheusEvents.Security, """copybook_security_resources_affected_total{resource_type="dataset"}""", "2" },
        { PrometheusEvents.Security, """copybook_security_classification_events{classification="PHI"}""", "1" },
        { PrometheusEvents.Security, "copybook_audit_trail_integrity", "1" },
        { """{"event_id":"e","event_type":"SecurityEvent","severity":"High","payload":{"data":{"security_event_type":"IntegrityViolation"}}}""", "copybook_audit_trail_integrity", "0" },

        // Units are changed without noise in the last digits.
        { """{"event_id":"e","event_type":"DataTransformation","payload":{"data":{"operation":"Encode","throughput_bytes_per_sec":18162393}}}""", """copybook_processing_throughput_mbps{operation="Encode"}""", "18.162393" },
        { """{"event_id":"e","event_type":"DataTransformation","payload":{"data":{"operation":"Encode","throughput_bytes_per_sec":18162393}}}""", """copybook_processing_throughput_bytes_per_second{operation="Encode"}""", "18162393" },

        // What copybook-rs leaves out, and what others write.
        { """{"event_id":"e","event_type":"ComplianceCheck","payload":{"data":{"compliance_framework":"GDPR, PciDss","violations":[{}]}}}""", """copybook_compliance_events_total{profile="PciDss"}""", "1" },
        { """{"event_id":"e","event_type":"ComplianceCheck","payload":{"data":{"violations":[{}]}}}""", """copybook_compliance_violations_total{regulation="unknown",severity="unknown"}""", "1" },
        { """{"event_id":"e","event_type":"SecurityEvent","severity":"High"}""", """copybook_security_events_total{security_event_type="unknown",severity="High"}""", "1" },
        { """{"event_id":"e","event_type":"PerformanceMeasurement","payload":{"data":{"measurement_type":"Latency","metrics":{"latency_ms":70}}}}""", """copybook_processing_duration_seconds_sum{operation="Latency"}""", "0.07" },
        { """{"event_id":"e","timestamp":"2026-03-31T06:52:12.500Z","event_type":"AccessEvent","context":{"started_at":"2026-03-31T08:52:12.250+02:00"}}""", """copybook_audit_event_processing_duration_seconds_sum{event_type="AccessEvent"}""", "0.25" },
        { """{"event_id":"e","event_type":"\u0053ecurityEvent","severity":"High"}""", """copybook_security_events_total{security_event_type="unknown",severity="High"}""", "1" },
        { """{"event_id":"e"}""", """copybook_audit_events_total{event_type="unknown",severity="Info"}""", "1" },
        { """{"event_id":"e","event_type":""}""", """copybook_audit_events_total{event_type="unknown",severity="Info"}""", "1" },
        { """{"event_id":"e","event_type":"a\"b\\c\nd"}""", """copybook_audit_events_total{event_type="a\"b\\c\nd",severity="Info"}""", "1" },
        { """{"event_id":"e","event_type":"审计"}""", """copybook_audit_events_total{event_type="审计",severity="Info"}""", "1" },
    };

    [Theory]
    [MemberData(nameof(Series))]
    public async Task An_event_becomes_the_series_that_the_page_says(string json, string series, string value)
    {
        PrometheusConnector connector = await StartAsync();

        var found = await CountAsync(connector, json);

        Assert.True(found.TryGetValue(series, out string? actual), $"{series} is not among\n{string.Join('\n', found.Keys)}");
        Assert.Equal(value, actual);
    }

    [Theory]
    [InlineData("""{"event_id":"e","timestamp":"2026-03-31T06:52:12Z","event_type":"AccessEvent","context":{"started_at":"1970-01-01T00:00:00Z"}}""")]
    [InlineData("""{"event_id":"e","timestamp":"2026-03-31T06:52:12Z","event_type":"AccessEvent","context":{"started_at":"2026-03-31T06:52:13Z"}}""")]
    [InlineData("""{"event_id":"e","timestamp":"2026-03-31T06:52:12Z","event_type":"AccessEvent","context":{"started_at":"yesterday, at half past six"}}""")]
    [InlineData("""{"event_id":"e","event_type":"AccessEvent","context":{"started_at":"2026-03-31T06:52:13Z"}}""")]
    [InlineData("""{"event_id":"e","timestamp":"2026-03-31T06:52:12Z","event_type":"CopybookParse","payload":{"data":{"parsing_duration_ms":-5}}}""")]
    [InlineData("""{"event_id":"e","timestamp":"2026-03-31T06:52:12Z","event_type":"CopybookParse","payload":{"data":{"parsing_duration_ms":1e999}}}""")]
    [InlineData("""{"event_id":"e","timestamp":"2026-03-31T06:52:12Z","event_type":"CopybookParse","payload":{"data":{"parsing_duration_ms":null}}}""")]
    public async Task A_duration_that_is_none_is_not_counted(string json)
    {
        PrometheusConnector connector = await StartAsync();

        var found = await CountAsync(connector, json);

        Assert.DoesNotContain(found.Keys, series => series.Contains("_duration_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_batch_that_comes_again_is_counted_once()
    {
        PrometheusConnector connector = await StartAsync();
        var batch = Batch(PrometheusEvents.Parse, PrometheusEvents.Parse);

        await connector.SendAsync(batch, Cancelled);
        await connector.SendAsync(batch, Cancelled);
        var found = await CountAsync(connector, PrometheusEvents.Parse);

        Assert.Equal("3", found["""copybook_audit_events_total{event_type="CopybookParse",severity="Low"}"""]);
    }

    [Fact]
    public async Task A_label_has_at_most_fifty_values_and_those_of_copybook_are_always_among_them()
    {
        PrometheusConnector connector = await StartAsync();
        string[] strangers = [.. Enumerable.Range(0, 70).Select(number => PrometheusEvents.Of($"Type{number}"))];

        var found = await CountAsync(connector, [.. strangers, PrometheusEvents.Security, PrometheusEvents.Of("other")]);

        string[] events = [.. found.Keys.Where(series => series.StartsWith("copybook_audit_events_total", StringComparison.Ordinal))];
        int named = events.Count(series => series.Contains("\"Type", StringComparison.Ordinal));
        Assert.Equal(39, named);
        Assert.Equal("32", found["""copybook_audit_events_total{event_type="other",severity="Info"}"""]);
        Assert.Equal("1", found["""copybook_audit_events_total{event_type="SecurityEvent",severity="High"}"""]);
        Assert.Equal("1", found["""copybook_security_events_total{security_event_type="DataBreach",severity="Critical"}"""]);
    }

    [Fact]
    public async Task A_family_has_at_most_a_thousand_series_and_loses_no_count()
    {
        PrometheusConnector connector = await StartAsync();
        string[] checks = [.. Enumerable.Range(0, 60).Select(regulation => $$$$"""{"event_id":"e","event_type":"ComplianceCheck","payload":{"data":{"violations":[{{{{ViolationsOf(regulation)}}}}]}}}""")];

        var found = await CountAsync(connector, checks);

        string[] series = [.. found.Keys.Where(series => series.StartsWith("copybook_compliance_violations_total", StringComparison.Ordinal))];
        Assert.Equal(1000, series.Length);
        Assert.Equal(3600, series.Sum(one => int.Parse(found[one], System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static string ViolationsOf(int regulation) =>
        string.Join(',', Enumerable.Range(0, 60).Select(severity => $$"""{"regulation":"r{{regulation}}","severity":"s{{severity}}"}"""));

    [Fact]
    public async Task A_long_value_is_cut_between_characters()
    {
        PrometheusConnector connector = await StartAsync();

        var found = await CountAsync(connector, PrometheusEvents.Of(new string('x', 127) + "ü and more"));

        Assert.Contains($$"""copybook_audit_events_total{event_type="{{new string('x', 127)}}",severity="Info"}""", found.Keys);
    }

    [Fact]
    public async Task No_label_of_the_metrics_can_be_a_sites_own()
    {
        PrometheusConnector connector = await StartAsync();
        var found = await CountAsync(connector, PrometheusEvents.Parse, PrometheusEvents.Transformation, PrometheusEvents.Check, PrometheusEvents.Security);
        string[] labels = [.. found.Keys.SelectMany(series => Regex.Matches(series, "[{,]([a-z_]+)=").Select(match => match.Groups[1].Value)).Distinct()];

        Assert.Contains("regulation", labels);
        Assert.All(labels, label => Assert.Throws<SettingsException>(() => Create(
            $$$"""{"remote_write":{"enabled":true,"endpoint":"http://prometheus.example/","labels":{"{{{label}}}":"x"}} }""")));
    }

    [Theory]
    [InlineData("acme", "acme_audit_events_total")]
    [InlineData("", "audit_events_total")]
    public async Task Names_begin_with_the_prefix(string prefix, string name)
    {
        PrometheusConnector connector = await StartAsync($",\"prefix\":\"{prefix}\"");

        var found = await CountAsync(connector, PrometheusEvents.Parse);

        Assert.All(found.Keys, series => Assert.StartsWith(prefix, series, StringComparison.Ordinal));
        Assert.Contains(found.Keys, series => series.StartsWith(name + "{", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("given", true, false)]
    [InlineData("clean", false, true)]
    [InlineData("both", true, true)]
    public async Task A_site_chooses_between_given_and_clean_names(string names, bool given, bool clean)
    {
        PrometheusConnector connector = await StartAsync($",\"names\":\"{names}\"");

        string text = string.Join('\n', (await CountAsync(connector, PrometheusEvents.Transformation, PrometheusEvents.Measurement, PrometheusEvents.Check, PrometheusEvents.Security)).Keys);

        foreach ((string one, string other) in new[]
        {
            ("memory_usage_mb", "memory_usage_bytes"),
            ("processing_throughput_mbps", "processing_throughput_bytes_per_second"),
            ("cpu_usage_percent", "cpu_usage_ratio"),
            ("compliance_violations_by_impact", "compliance_violations_impact_total"),
            ("security_affected_resources", "security_resources_affected_total"),
            ("security_classification_events", "security_classified_events_total"),
        })
        {
            Assert.Equal(given, text.Contains($"copybook_{one}{{", StringComparison.Ordinal));
            Assert.Equal(clean, text.Contains($"copybook_{other}{{", StringComparison.Ordinal));
        }

        Assert.Contains("copybook_audit_events_total{", text, StringComparison.Ordinal);
    }
}
