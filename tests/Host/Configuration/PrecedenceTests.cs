using System.Security.Authentication;
using AuditHost.Configuration;
using AuditHost.Configuration.Options;
using AuditHost.Sdk;

namespace AuditHost.Tests.Configuration;

/// <summary>A destination's own word goes before the shared sections', and that before the defaults.</summary>
public sealed class PrecedenceTests
{
    [Theory]
    [InlineData("", "", "", 5, 100)]
    [InlineData("retry_attempts: 3, retry_backoff_ms: 1000", "", "", 3, 1000)]
    [InlineData("retry_attempts: 3, retry_backoff_ms: 1000", "max_attempts: 7", "", 7, 1000)]
    [InlineData("retry_attempts: 3", "max_attempts: 7, initial_delay_ms: 250", "", 7, 250)]
    [InlineData("retry_attempts: 3", "max_attempts: 7, initial_delay_ms: 250", "max_attempts: 9", 9, 250)]
    public async Task Retry_comes_from_the_nearest(string global, string performance, string own, int attempts, int delay)
    {
        DestinationOptions destination = await LoadAsync(
            $"  global: {{ {global} }}\n  performance: {{ retry_policy: {{ {performance} }} }}\n", $"retry_policy: {{ {own} }}");

        Assert.Equal(attempts, destination.Retry.MaxAttempts);
        Assert.Equal(TimeSpan.FromMilliseconds(delay), destination.Retry.InitialDelay);
    }

    [Theory]
    [InlineData("", "", null, 0)]
    [InlineData("max_events_per_second: 10", "", 10, 5000)]
    [InlineData("max_events_per_second: 10", "burst_capacity: 7", 10, 7)]
    [InlineData("max_events_per_second: 10", "enabled: false", null, 0)]
    [InlineData("enabled: false, max_events_per_second: 10", "enabled: true", 10, 5000)]
    public async Task Rate_limit_comes_from_the_nearest(string global, string own, int? perSecond, int burst)
    {
        string shared = global.Length == 0 ? string.Empty : $"  global: {{ rate_limiting: {{ {global} }} }}\n";
        DestinationOptions destination = await LoadAsync(shared, own.Length == 0 ? "ordered: true" : $"rate_limiting: {{ {own} }}");

        Assert.Equal(perSecond is null ? null : new RateLimitOptions { EventsPerSecond = perSecond.Value, Burst = burst }, destination.RateLimit);
    }

    [Theory]
    [InlineData("verify_certificates: false", "ordered: false", false)]
    [InlineData("verify_certificates: false", "ssl_verify: true", true)]
    [InlineData("verify_certificates: true", "tls: { verify_certificates: false }", false)]
    public async Task Certificate_check_comes_from_the_nearest(string security, string own, bool expected)
    {
        DestinationOptions destination = await LoadAsync($"  security: {{ tls: {{ min_version: 1.3, {security} }} }}\n", own);

        Assert.Equal(expected, destination.Tls.VerifyCertificates);
        Assert.Equal(SslProtocols.Tls13, destination.Tls.MinimumVersion);
    }

    [Fact]
    public async Task Own_keys_override_every_shared_one()
    {
        DestinationOptions destination = await LoadAsync(
            "  global: { delivery_timeout_seconds: 5, give_up_after: 1d }\n  performance: { circuit_breaker: { failure_threshold: 9, half_open_max_calls: 2 }, connection_pool: { max_connections_per_destination: 4, keep_alive_seconds: 60 } }\n",
            "timeout_seconds: 7\n      give_up_after: 2w\n      circuit_breaker: { failure_threshold: 1 }\n      connection_pool: { keep_alive_seconds: 5 }\n      max_in_flight: 3\n      proxy: http://proxy.example:3128");

        Assert.Equal(TimeSpan.FromSeconds(7), destination.Timeout);
        Assert.Equal(TimeSpan.FromDays(14), destination.GiveUpAfter);
        Assert.Equal(new BreakerOptions { FailureThreshold = 1, HalfOpenMaxCalls = 2 }, destination.Breaker);
        Assert.Equal(new ConnectionPoolOptions { MaxConnections = 4, KeepAlive = TimeSpan.FromSeconds(5) }, destination.ConnectionPool);
        Assert.Equal(3, destination.MaxInFlight);
        Assert.Equal(new Uri("http://proxy.example:3128"), destination.Proxy);
    }

    [Theory]
    [InlineData("", "ordered: true", 300)]
    [InlineData("stalled_after_seconds: 60", "ordered: true", 60)]
    [InlineData("stalled_after_seconds: 60", "stalled_after_seconds: 0", 0)]
    [InlineData("enabled: false", "stalled_after_seconds: 7", 7)]
    public async Task Patience_with_a_stalled_destination_comes_from_the_nearest(string monitoring, string own, int seconds)
    {
        DestinationOptions destination = await LoadAsync($"  performance: {{ integration_monitoring: {{ {monitoring} }} }}\n", own);

        Assert.Equal(TimeSpan.FromSeconds(seconds), destination.StalledAfter);
    }

    [Fact]
    public async Task Shared_timeouts_hold_without_own_ones()
    {
        DestinationOptions destination = await LoadAsync("  global: { delivery_timeout_seconds: 5, give_up_after: 36h }\n", "ordered: true");

        Assert.Equal(TimeSpan.FromSeconds(5), destination.Timeout);
        Assert.Equal(TimeSpan.FromHours(36), destination.GiveUpAfter);
        Assert.True(destination.Ordered);
    }

    [Theory]
    [InlineData("inherit_filters: true", new[] { Severity.Medium, Severity.High })]
    [InlineData("inherit_filters: false", new[] { Severity.High })]
    public async Task Global_filters_are_added_unless_left_out(string own, Severity[] expected)
    {
        DestinationOptions destination = await LoadAsync(
            "  global: { event_filters: [{ type: severity_threshold, minimum_severity: medium }] }\n", $"{own}\n      alert_threshold: High");

        Assert.Equal(expected, destination.Filters.Cast<FilterOptions.SeverityThreshold>().Select(filter => filter.Minimum));
    }

    [Fact]
    public async Task Connectors_own_names_of_the_batching_keys_are_the_hosts()
    {
        SiteLoadResult result = await SiteFolder.LoadAsync(
            "enterprise_integration:\n  monitoring:\n    buffered:\n      buffer_size: 10\n      flush_interval_ms: 1500\n");

        Assert.Equal(new BatchOptions { MaxEvents = 10, Timeout = TimeSpan.FromMilliseconds(1500) }, result.Site!.Destinations[0].Batch);
        Assert.Equal(2, result.Site.Destinations[0].Settings.Length);
    }

    [Fact]
    public async Task Switching_off_globally_disables_every_destination()
    {
        SiteLoadResult result = await SiteFolder.LoadAsync(
            "enterprise_integration:\n  global: { enabled: false }\n  webhooks:\n    a: { endpoint: \"${UNSET}\" }\n");

        Assert.False(Assert.Single(result.Site!.Destinations).Enabled);
        Assert.Equal(["site.yaml:2:22: note: global.enabled: every destination is disabled by this"], result.Lines());
    }

    [Theory]
    [InlineData("event_types: [LineageTracking]", "its event types and the global ones have none in common; inherit_filters: false leaves the global filters out")]
    [InlineData("inherit_filters: false\n      event_types: [PerformanceMeasurement]\n      event_filters: [{ type: exclude_performance_metrics }]", "it asks for PerformanceMeasurement alone and excludes performance measurements")]
    public async Task Destination_that_no_event_can_reach_is_a_warning(string own, string reason)
    {
        SiteLoadResult result = await LoadSiteAsync("  global: { event_filters: [{ type: event_type_filter, allowed_types: [SecurityEvent] }] }\n", own);

        Assert.Equal([$"site.yaml:3:5: warning: webhooks.hook: no event can get here: {reason}"], Warnings(result));
    }

    [Fact]
    public async Task Event_types_in_common_are_no_warning()
    {
        Assert.Empty(Warnings(await LoadSiteAsync(
            "  global: { event_filters: [{ type: event_type_filter, allowed_types: [SecurityEvent, ErrorEvent] }] }\n", "event_types: [ErrorEvent, Other]")));
    }

    private static string[] Warnings(SiteLoadResult result) => result.Lines(DiagnosticSeverity.Warning);

    private static async Task<DestinationOptions> LoadAsync(string shared, string own)
    {
        SiteLoadResult result = await LoadSiteAsync(shared, own);
        Assert.Empty(result.Errors());
        return result.Site!.Destinations[0];
    }

    private static Task<SiteLoadResult> LoadSiteAsync(string shared, string own) =>
        SiteFolder.LoadAsync($"enterprise_integration:\n  webhooks:\n    hook:\n      endpoint: http://hook.example\n      {own}\n{shared}");
}
