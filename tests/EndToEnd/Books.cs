using System.Text.Json;

namespace AuditHost.EndToEnd;

/// <summary>accepted = delivered + buffered + dead-lettered + filtered + dropped.</summary>
internal static class Books
{
    public static void AssertBalanced(JsonElement destination) => Assert.Equal(
        Of(destination, "accepted"),
        Of(destination, "delivered") + Of(destination, "buffered") + Of(destination, "dead_lettered") + Of(destination, "filtered") + Of(destination, "dropped"));

    /// <summary>The same in one scrape of the metrics, whatever is under way.</summary>
    public static async Task AssertBalancedAsync(RunningHost host, string destination)
    {
        IReadOnlyDictionary<string, long> books = await host.MetricsAsync(destination);
        Assert.Equal(
            books["audithost_events_accepted_total"],
            books["audithost_events_delivered_total"] + books["audithost_events_buffered"] + books["audithost_events_dead_lettered"]
            + books["audithost_events_filtered_total"] + books["audithost_events_dropped_total"]);
    }

    public static long Of(JsonElement destination, string figure) => destination.GetProperty(figure).GetInt64();
}
