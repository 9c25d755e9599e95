using System.Text.Json;

namespace AuditHost.EndToEnd;

/// <summary>accepted = delivered + buffered + dead-lettered + filtered + dropped.</summary>
internal static class Books
{
    public static void AssertBalanced(JsonElement destination) => Assert.Equal(
        Of(destination, "accepted"),
        Of(destination, "delivered") + Of(destination, "buffered") + Of(destination, "dead_lettered") + Of(destination, "filtered") + Of(destination, "dropped"));

    public static async Task AssertBalancedAsync(RunningHost host, string destination) => Assert.Equal(
        await host.MetricAsync("audithost_events_accepted_total", destination),
        await host.MetricAsync("audithost_events_delivered_total", destination)
        + await host.MetricAsync("audithost_events_buffered", destination)
        + await host.MetricAsync("audithost_events_dead_lettered", destination)
        + await host.MetricAsync("audithost_events_filtered_total", destination)
        + await host.MetricAsync("audithost_events_dropped_total", destination));

    public static long Of(JsonElement destination, string figure) => destination.GetProperty(figure).GetInt64();
}
