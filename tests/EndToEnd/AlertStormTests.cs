using System.Text.Json;
using AuditHost.Fakes.PagerDuty;
using AuditHost.Fakes.Slack;

namespace AuditHost.EndToEnd;

/// <summary>Ten thousand events in a few seconds: people get a handful of messages with the right count, and everybody else gets everything.</summary>
public sealed class AlertStormTests : IAsyncLifetime
{
    private const int Events = 10_000;

    private readonly SiteFolder _site = new();
    private readonly SlackServer _slack = new();
    private readonly PagerDutyEvents _pagerDuty = new();

    public async ValueTask InitializeAsync()
    {
        await _slack.StartAsync(TestContext.Current.CancellationToken);
        await _pagerDuty.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _slack.DisposeAsync();
        await _pagerDuty.DisposeAsync();
        _site.Dispose();
    }

    [Fact]
    public async Task A_storm_ends_as_a_handful_of_messages_with_the_right_count_and_nothing_is_lost_elsewhere()
    {
        // All at once, so that a slow machine sees no longer storm than a fast one.
        _site.WriteSite($$"""
              log_aggregation:
                archive: { type: file, format: jsonl, path: ./archive.jsonl }
              alerting:
                slack: { webhook_url: '{{_slack.Webhook}}', alert_threshold: High, alert: { group_window: 2s, repeat_after: 3s, resolve_after: 0s } }
                pagerduty: { endpoint: '{{_pagerDuty.Address}}', integration_key: '{{PagerDutyEvents.Key}}', alert_threshold: High, alert: { group_window: 2s, repeat_after: 3s, resolve_after: 4s } }
            """);
        await using RunningHost host = await RunningHost.StartAsync(_site);
        await host.AcceptAsync(Enumerable.Range(0, Events).Select(number => TestEvents.Json(number, number % 2 == 0 ? "SecurityEvent" : "ErrorEvent")));
        await host.UntilAsync(async () => await host.BufferedAsync() == 0, "done with every event");
        await host.UntilAsync(() => _pagerDuty.Alerts.All(alert => alert.State == AlertState.Resolved), "told that the alerts are over");

        Assert.Equal(Events, _site.Arrived("archive.jsonl").Count);
        Assert.InRange(_slack.MessageCount, 2, 8);
        Assert.Equal(2, _pagerDuty.Alerts.Count);
        Assert.Equal(Events, _pagerDuty.Alerts.Sum(alert => CountOf(alert.Triggers)));
        Assert.InRange(_pagerDuty.Alerts.Sum(alert => alert.Triggers.Count), 2, 8);
        foreach (string destination in new[] { "slack", "pagerduty", "archive" })
        {
            IReadOnlyDictionary<string, long> books = await host.MetricsAsync(destination);
            Assert.Equal((Events, 0), (books["audithost_events_delivered_total"], books["audithost_events_dead_lettered"]));
            await Books.AssertBalancedAsync(host, destination);
        }

        Assert.Empty(_slack.Violations);
        Assert.Empty(_pagerDuty.Violations);
        Assert.Equal(0, await host.StopAsync());
    }

    private static int CountOf(IEnumerable<JsonElement> triggers) =>
        triggers.Sum(trigger => trigger.GetProperty("payload").GetProperty("custom_details").GetProperty("events").GetInt32());
}
